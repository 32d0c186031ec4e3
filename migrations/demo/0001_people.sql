-- The demo desk, first part: two companies that sell things, their people, and what they know of their customers.
--
-- Run by a superuser, in one transaction with the other parts. Everything is the same on every machine but for the
-- times, which count back from now.

-- A number below "bound" and an id, both decided by the key alone.
create function pg_temp.pick(key text, bound integer) returns integer
  language sql immutable
  return ('x' || left(md5(key), 7))::bit(28)::integer % bound;

create function pg_temp.one_of(key text, choices text[]) returns text
  language sql immutable
  return choices[1 + pg_temp.pick(key, cardinality(choices))];

create function pg_temp.id(key text) returns uuid
  language sql immutable
  return overlay(overlay(md5('demo ' || key) placing '4' from 13) placing '8' from 17)::uuid;

insert into public.organizations
  (id, clerk_id, name, support_email, settings, time_zone, business_hours, created_at)
select pg_temp.id(o.name), 'org_demo_' || o.name, o.title, o.mailbox || '@' || o.name || '.example', o.settings::jsonb,
       o.time_zone,
       (
         select jsonb_object_agg(d.day, jsonb_build_array(jsonb_build_object('from', o.opens, 'to', o.closes)))
           from unnest('{monday,tuesday,wednesday,thursday,friday}'::text[]) as d (day)
       ),
       now() - o.age
  from (values
    ('moorland', 'Moorland Cycles', 'support', '{"greeting": {"first": "Hello", "later": "Hi"}, "signature": "Moorland Cycles, Hebden Bridge"}',
     'Europe/London', '09:00', '17:30', interval '400 days'),
    ('tallybird', 'Tallybird', 'help', '{"greeting": {"first": "Hi", "later": "Hi"}, "signature": "The Tallybird team"}',
     'America/Toronto', '08:00', '20:00', interval '310 days')
  ) as o (name, title, mailbox, settings, time_zone, opens, closes, age);

insert into public.agent_profiles
  (id, clerk_user_id, organization_id, name, email, role, status, settings, deactivated_at, created_at)
select pg_temp.id(p.login), 'user_demo_' || p.login, pg_temp.id(p.organization), p.name,
       p.login || '@' || p.organization || '.example', p.role, p.status,
       jsonb_build_object('notifications', p.role = 'admin', 'language', 'en'),
       case when p.left_days is not null then now() - p.left_days * interval '1 day' end,
       now() - interval '300 days'
  from (values
    ('moorland', 'ingrid', 'Ingrid Solberg', 'admin', 'online', null::integer),
    ('moorland', 'marcus', 'Marcus Bell', 'admin', 'away', null),
    ('moorland', 'priya', 'Priya Raman', 'agent', 'online', null),
    ('moorland', 'tom', 'Tom Whitaker', 'agent', 'online', null),
    ('moorland', 'aoife', 'Aoife Brennan', 'agent', 'offline', null),
    ('moorland', 'luca', 'Luca Ferri', 'agent', 'away', null),
    ('moorland', 'dana', 'Dana Hughes', 'agent', 'offline', 120),
    ('tallybird', 'noor', 'Noor Haddad', 'admin', 'online', null),
    ('tallybird', 'elias', 'Elias Brandt', 'agent', 'online', null),
    ('tallybird', 'grace', 'Grace Oyelaran', 'agent', 'away', null),
    ('tallybird', 'kenji', 'Kenji Mori', 'agent', 'offline', null)
  ) as p (organization, login, name, role, status, left_days);

insert into public.customer_fields
  (id, organization_id, field_name, field_type, is_required, options, label, description, position, created_at)
select pg_temp.id(f.organization || f.name), pg_temp.id(f.organization), f.name, f.type::public.field_type, f.required,
       f.options::jsonb, f.label, f.description, f.position, now() - interval '290 days'
  from (values
    ('moorland', 1, 'plan', 'select', true, '["none", "basic", "plus"]', 'Care plan', 'What their service plan covers'),
    ('moorland', 2, 'model', 'select', false, '["Heron 2", "Curlew", "Curlew Cargo", "Plover Mini"]', 'Bike', null),
    ('moorland', 3, 'frame_number', 'text', false, null, 'Frame number', 'Stamped under the bottom bracket'),
    ('moorland', 4, 'bikes_owned', 'number', false, null, 'Bikes owned', null),
    ('moorland', 5, 'purchase_date', 'date', false, null, 'Bought on', 'Warranty runs for two years from here'),
    ('moorland', 6, 'newsletter', 'boolean', false, null, 'Gets the newsletter', null),
    ('moorland', 7, 'accessories', 'multiselect', false,
     '["child seat", "front rack", "panniers", "rain cover", "second battery"]', 'Accessories', null),
    ('tallybird', 1, 'plan', 'select', true, '["free", "starter", "business"]', 'Plan', 'Their current subscription'),
    ('tallybird', 2, 'company', 'text', false, null, 'Company', null),
    ('tallybird', 3, 'seats', 'number', false, null, 'Seats', 'Paid seats, counted monthly'),
    ('tallybird', 4, 'renewal_date', 'date', false, null, 'Renews on', null),
    ('tallybird', 5, 'early_access', 'boolean', false, null, 'Early access', 'Sees new features first'),
    ('tallybird', 6, 'integrations', 'multiselect', false,
     '["bank feed", "calendar", "card payments", "payroll", "webshop"]', 'Integrations', null)
  ) as f (organization, position, name, type, required, options, label, description);

create temporary table demo_customer on commit drop as
select c.organization, c.number, c.name, c.city, c.company,
       pg_temp.id(c.organization || c.name) as id,
       lower(translate(c.name, ' ''éüøłńáíóçëö', '..euolnaioceo')) || '@' || c.domain as email,
       now() - make_interval(days => 95 + pg_temp.pick(c.name || 'since', 190)) as created_at
  from (
    select 'moorland', row_number() over (), m.name, m.city, null,
           pg_temp.one_of(m.name || 'domain', array['example.com', 'example.net', 'example.org'])
      from (values
        ('Maya Okafor', 'Leeds'), ('Daniel Hartley', 'Sheffield'), ('Sofia Lindqvist', 'Malmö'),
        ('Tomasz Zieliński', 'Gdańsk'), ('Hannah Whitmore', 'Bristol'), ('Rafael Costa', 'Porto'),
        ('Emily Tran', 'Manchester'), ('George Ashworth', 'Halifax'), ('Lena Vogel', 'Hamburg'),
        ('Callum MacLeod', 'Glasgow'), ('Amina Yusuf', 'Birmingham'), ('Peter van Dijk', 'Utrecht'),
        ('Claire Dubois', 'Lille'), ('Oliver Shaw', 'York'), ('Niamh Kelly', 'Cork'),
        ('Jonas Bakke', 'Bergen'), ('Ruth Goldberg', 'London'), ('Imran Siddiqui', 'Bradford'),
        ('Katie Pemberton', 'Hebden Bridge'), ('Marco Bianchi', 'Bologna'), ('Freya Nielsen', 'Aarhus'),
        ('Samuel Adeyemi', 'London'), ('Isabelle Martin', 'Nantes'), ('Dylan Price', 'Cardiff'),
        ('Yuki Tanabe', 'Edinburgh'), ('Beatriz Lopes', 'Lisbon'), ('Stephen Clegg', 'Rochdale'),
        ('Anke de Vries', 'Groningen'), ('Fiona Campbell', 'Inverness'), ('Noah Fischer', 'Freiburg'),
        ('Grace Mbeki', 'Nottingham'), ('Paul Sutcliffe', 'Huddersfield'), ('Elena Popescu', 'Cluj'),
        ('Harriet Lowe', 'Cambridge'), ('Mohammed Rahman', 'Luton'), ('Bridget O''Shea', 'Galway')
      ) as m (name, city)
    union all
    select 'tallybird', row_number() over (), t.name, t.city, t.company, t.domain
      from (values
        ('Jasmine Porter', 'Toronto', 'Porter & Lane Design', 'porterlane.example'),
        ('Andre Silva', 'Montréal', 'Atelier Silva', 'ateliersilva.example'),
        ('Wendy Kowalski', 'Buffalo', 'Kowalski Plumbing', 'kowalskiplumbing.example'),
        ('Ben Carrington', 'Halifax', 'Carrington Charters', 'carrington.example'),
        ('Priscilla Ng', 'Vancouver', 'Ng Dental', 'ngdental.example'),
        ('Derek Hollis', 'Portland', 'Hollis Joinery', 'hollisjoinery.example'),
        ('Camille Roy', 'Québec', 'Roy Traduction', 'roytraduction.example'),
        ('Sanjay Mehta', 'Mississauga', 'Mehta Logistics', 'mehtalogistics.example'),
        ('Laura Jensen', 'Calgary', 'Prairie Physio', 'prairiephysio.example'),
        ('Owen McBride', 'Ottawa', 'McBride Landscapes', 'mcbride.example'),
        ('Tessa Lindholm', 'Minneapolis', 'Lindholm Audio', 'lindholmaudio.example'),
        ('Victor Almeida', 'Boston', 'Almeida Catering', 'almeidacatering.example'),
        ('Nadia Petrova', 'Winnipeg', 'Petrova Studio', 'petrovastudio.example'),
        ('Chris Yoder', 'Columbus', 'Yoder Farm Supply', 'yoderfarm.example'),
        ('Michelle Tan', 'Seattle', 'Tan & Partners', 'tanpartners.example'),
        ('Ibrahim Diallo', 'Gatineau', 'Diallo Conseil', 'dialloconseil.example'),
        ('Rosa Delgado', 'Denver', 'Delgado Cleaning', 'delgadocleaning.example'),
        ('Erik Sorensen', 'Duluth', 'North Shore Kayaks', 'northshorekayaks.example'),
        ('Anita Desai', 'Hamilton', 'Desai Bakery', 'desaibakery.example'),
        ('Paul Fortin', 'Sherbrooke', 'Fortin Électrique', 'fortin.example'),
        ('Kelly Brandon', 'Kingston', 'Brandon Vet Clinic', 'brandonvet.example'),
        ('Luis Herrera', 'Austin', 'Herrera Sound', 'herrerasound.example'),
        ('Sheila Watkins', 'London', 'Watkins Bookkeeping', 'watkinsbooks.example'),
        ('Omar Farouk', 'Edmonton', 'Farouk Auto', 'faroukauto.example')
      ) as t (name, city, company, domain)
  ) as c (organization, number, name, city, company, domain);

insert into public.customers (id, organization_id, name, email, metadata, created_at)
select c.id, pg_temp.id(c.organization), c.name, c.email,
       jsonb_strip_nulls(jsonb_build_object('city', c.city, 'company', c.company)), c.created_at
  from demo_customer c;

-- Each knows a little less than everything; plan is required.
insert into public.customer_field_values (id, organization_id, customer_id, field_id, value, created_at)
select pg_temp.id('value ' || c.id || f.field_name), f.organization_id, c.id, f.id,
       case
         when f.field_type = 'select' then pg_temp.one_of(c.name || f.field_name, o.options)
         when f.field_type = 'multiselect' then (
           select jsonb_agg(one)::text from unnest(o.options) as one where pg_temp.pick(c.name || one, 3) = 0
         )
         when f.field_type = 'boolean' then (pg_temp.pick(c.name || f.field_name, 2) = 0)::text
         when f.field_type = 'date' then
           (current_date + case when c.organization = 'moorland' then -20 else 300 end
             - pg_temp.pick(c.name || f.field_name, 280))::text
         when f.field_name = 'bikes_owned' then (1 + pg_temp.pick(c.name || f.field_name, 3))::text
         when f.field_name = 'seats' then (1 + pg_temp.pick(c.name || f.field_name, 24))::text
         when f.field_name = 'frame_number' then
           'MC' || upper(substr(md5(c.name), 1, 3)) || lpad(pg_temp.pick(c.name, 100000)::text, 5, '0')
         else c.company
       end,
       c.created_at
  from demo_customer c
  join public.customer_fields f on f.organization_id = pg_temp.id(c.organization)
  cross join lateral (
    select array(select jsonb_array_elements_text(coalesce(f.options, '[]'))) as options
  ) as o
 where (f.is_required or pg_temp.pick(c.name || f.field_name || 'known', 6) > 0)
   and (f.field_type <> 'multiselect' or exists (
     select from unnest(o.options) as one where pg_temp.pick(c.name || one, 3) = 0
   ));

insert into public.macros (id, organization_id, title, body, created_by, metadata, created_at)
select pg_temp.id(m.organization || m.title), pg_temp.id(m.organization), m.title, m.body, pg_temp.id(m.author),
       jsonb_build_object('folder', m.folder), now() - interval '200 days'
  from (values
    ('moorland', 'ingrid', 'Replies', 'First answer',
     E'Hello {{customer.name}},\n\nThank you for writing to {{organization.name}} about "{{ticket.subject}}". I am looking into it and will be back with you within one working day.\n\nBest wishes\n{{agent.name}}'),
    ('moorland', 'marcus', 'Warranty', 'Ask for the frame number',
     E'Hello {{customer.name}},\n\nto check the warranty I need the frame number. It is stamped under the bottom bracket, begins with MC, and a photo is just as good.\n\n{{agent.name}}\n{{organization.name}}'),
    ('moorland', 'marcus', 'Warranty', 'Warranty accepted',
     E'Hello {{customer.name}},\n\ngood news: this is covered, and the parts leave our workshop today. Your care plan is "{{customer.fields.plan}}", so please keep the old part until the new one fits.\n\n{{agent.name}}'),
    ('moorland', 'priya', 'Delivery', 'Parcel is late',
     E'Hello {{customer.name}},\n\nI am sorry that your parcel is late. I have asked the carrier to trace it; that takes up to two working days, and I will write as soon as I know more.\n\n{{agent.name}}'),
    ('moorland', 'priya', 'Replies', 'Anything else?',
     E'Hello {{customer.name}},\n\nwe believe that "{{ticket.subject}}" is settled. If not, simply reply and it lands on my desk again.\n\n{{agent.name}}, {{organization.name}}'),
    ('moorland', 'ingrid', 'Notes', 'Hand over to the workshop',
     E'For the workshop: {{customer.name}} ({{customer.email}}), priority {{ticket.priority}}. Please call before the bike is opened.'),
    ('tallybird', 'noor', 'Replies', 'First answer',
     E'Hi {{customer.name}},\n\nthanks for reaching out to {{organization.name}}. I have your message about "{{ticket.subject}}" and am checking it now.\n\n{{agent.name}}'),
    ('tallybird', 'noor', 'Billing', 'Change of plan',
     E'Hi {{customer.name}},\n\nyou are on the {{customer.fields.plan}} plan. A change takes effect at once and is charged for the rest of the period only. Shall I go ahead?\n\n{{agent.name}}'),
    ('tallybird', 'elias', 'Technical', 'Ask for a screenshot',
     E'Hi {{customer.name}},\n\ncould you send a screenshot of the whole page with the address bar, and tell me roughly when it happened? Then I can find it in our records.\n\n{{agent.name}}'),
    ('tallybird', 'grace', 'Billing', 'Refund is on its way',
     E'Hi {{customer.name}},\n\nthe refund has been issued and should be on your statement within five to ten days.\n\n{{agent.name}}\n{{organization.name}}'),
    ('tallybird', 'elias', 'Notes', 'For engineering',
     E'{{customer.name}} ({{customer.fields.plan}}) reports: {{ticket.subject}}. Priority {{ticket.priority}}, status {{ticket.status}}.')
  ) as m (organization, author, folder, title, body);

insert into public.ticket_views
  (id, organization_id, owner_id, name, query, sort, columns, is_shared, created_at)
select pg_temp.id(v.organization || ' view ' || v.name), pg_temp.id(v.organization), pg_temp.id(v.owner), v.name,
       v.query, v.sort, v.columns::jsonb, v.shared, now() - interval '190 days'
  from (values
    ('moorland', 'ingrid', 'Unassigned and urgent', 'is:unassigned priority:>=high -status:solved,closed', 'priority',
     '["subject", "status"]', true),
    ('moorland', 'priya', 'My open tickets', 'assignee:me status:open,pending', 'activity', '["subject", "status"]', false),
    ('moorland', 'marcus', 'Brakes', 'brake* status:open,pending', 'activity', '[]', true),
    ('moorland', 'ingrid', 'Plus customers', 'field.plan:plus', 'creation', '["subject", "fields.model"]', false),
    ('tallybird', 'noor', 'Billing', 'invoice -status:closed', 'activity', '[]', true)
  ) as v (organization, owner, name, query, sort, columns, shared);

insert into public.email_accounts
  (id, organization_id, email_address, imap_settings, smtp_settings, is_active, created_at)
select pg_temp.id(e.address), pg_temp.id(e.organization), e.address,
       jsonb_build_object('host', 'imap.' || e.organization || '.example', 'port', 993, 'security', 'tls', 'username', e.address),
       jsonb_build_object('host', 'smtp.' || e.organization || '.example', 'port', 465, 'security', 'tls', 'username', e.address),
       e.active, now() - interval '295 days'
  from (values
    ('moorland', 'support@moorland.example', true),
    ('moorland', 'warranty@moorland.example', true),
    ('moorland', 'old-shop@moorland.example', false),
    ('tallybird', 'help@tallybird.example', true),
    ('tallybird', 'billing@tallybird.example', true)
  ) as e (organization, address, active);
