// Made by `deskpipe types typescript`; a test compares it.

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined };

export type ErrorKind = "parse_error" | "invalid_request" | "method_not_found" | "invalid_params" | "internal_error" | "cancelled" | "unauthenticated" | "token_refused" | "session_expired" | "session_unknown" | "session_limit" | "session_ambiguous" | "session_mismatch" | "organization_unknown" | "agent_unknown" | "agent_deactivated" | "webhook_refused" | "forbidden" | "not_found" | "conflict" | "already_exists" | "deleted" | "in_use" | "invalid" | "rule" | "idempotency_mismatch" | "answer_gone" | "blocked" | "cursor_foreign" | "subscription_limit" | "busy" | "unavailable" | "timeout" | "outcome_unknown" | "template_error" | "query_error";

export interface Organization {
  id: string;
  /** Clerk's id of it. */
  clerk_id: string;
  name: string;
  support_email: string | null;
  settings: { [name: string]: Json | undefined };
  /** See organizations.update. */
  close_after_days: number | null;
  /** See organizations.update. */
  reopen_days: number | null;
  /** See organizations.update. */
  search_language: string;
  /** See organizations.update. */
  keep_deleted_days: number;
  /** See organizations.update. */
  keep_closed_days: number | null;
  /** See organizations.update. */
  time_zone: string;
  /** See organizations.update. */
  business_hours: OrganizationBusinessHours | null;
  /** See organizations.update. */
  holidays: string[];
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Agent {
  id: string;
  /** Clerk's id of the user. */
  clerk_user_id: string;
  name: string;
  email: string | null;
  /** As the token of the agent's latest session said. */
  role: AgentRole;
  status: AgentStatus;
  settings: { [name: string]: Json | undefined };
  /** Since when the agent is refused. */
  deactivated_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Customer {
  id: string;
  name: string;
  email: string | null;
  metadata: { [name: string]: Json | undefined };
  /** Values by field name; none where there is none. */
  fields: { [name: string]: string | number | boolean | string[] };
  /** Grows with every change, of a field's value too. */
  version: number;
  created_at: string;
  updated_at: string;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** Null of whom nobody has blocked. */
  blocked_at: string | null;
  /** The agent's id. */
  blocked_by: string | null;
  block_reason: string | null;
  /** The customer who has all that was theirs. */
  merged_into: string | null;
  /** When everything personal was taken out for good. */
  erased_at: string | null;
  /** All that they are found by, email first. */
  identities: CustomerIdentities[];
}

export interface Ticket {
  id: string;
  /** For people; unique in the organization. */
  number: number;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  customer_id: string;
  /** The agent's id. */
  assigned_to: string | null;
  customer: TicketCustomer;
  assignee: TicketAssignee | null;
  /** In alphabetical order. */
  tags: string[];
  metadata: { [name: string]: Json | undefined };
  snoozed_until: string | null;
  /** The customer's first message that no person has answered in public and no solving has settled; null where none is. */
  waiting_since: string | null;
  last_activity_at: string;
  /** The first public reply of an agent. */
  first_reply_at: string | null;
  /** The latest public reply of an agent. */
  last_reply_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** The ticket that its messages went to. */
  merged_into: string | null;
  /** The ticket that its first messages came from. */
  split_from: string | null;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** A customer's message does not wake it. */
  keep_snoozed: boolean;
  /** Public replies of agents. */
  reply_count: number;
  /** When it was first solved, or closed unsolved. */
  first_solved_at: string | null;
  /** When it was last solved, or closed unsolved. */
  last_solved_at: string | null;
  closed_at: string | null;
  /** How often it was opened after it had been solved. */
  reopen_count: number;
  /** The closed ticket that its first message was sent to. */
  follow_up_of: string | null;
  /** Agents, the first to follow first. */
  follower_ids: string[];
  /** The same with their names. */
  followers: TicketAssignee[];
  message_count: number;
  last_message: MessageRow | null;
}

export interface View {
  id: string;
  name: string;
  /** In the search language; empty for all tickets. */
  query: string;
  sort: ViewSort;
  descending: boolean;
  /** What a client shows; deskpipe only keeps it. */
  columns: string[];
  /** Everyone sees it; its maker and admins change it. */
  is_shared: boolean;
  /** The agent who made it. */
  owner: TicketAssignee;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Message {
  id: string;
  ticket_id: string;
  sender: MessageSender;
  body: string;
  /** A note for agents, never shown to the customer. */
  is_internal: boolean;
  /** Written by a machine, such as an out-of-office reply. */
  is_automatic: boolean;
  email_message_id: string | null;
  in_reply_to: string | null;
  delivery_status: MessageDeliveryStatus;
  delivery_error: string | null;
  delivery_updated_at: string | null;
  metadata: { [name: string]: Json | undefined };
  version: number;
  created_at: string;
  updated_at: string;
  /** The ticket it was written to, where that was merged. */
  merged_from: string | null;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
}

export interface Macro {
  id: string;
  title: string;
  /** The template; null of a macro of actions only. */
  body: string | null;
  /** What it does to the ticket. */
  actions: MacroActions;
  /** Who sees it: its maker alone, or all. */
  visibility: MacroVisibility;
  /** The agent's id. */
  created_by: string | null;
  metadata: { [name: string]: Json | undefined };
  /** How often it was applied; no change of the macro. */
  usage_count: number;
  last_used_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
}

export interface EmailAccount {
  id: string;
  email_address: string;
  /** Where mail is fetched; empty where it is not. */
  imap_settings: EmailAccountImapSettings;
  /** Where mail is sent; empty where it is not. */
  smtp_settings: EmailAccountImapSettings;
  /** A password is kept; no method shows it. */
  has_imap_password: boolean;
  /** A password is kept; no method shows it. */
  has_smtp_password: boolean;
  is_active: boolean;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface CustomerRow {
  id: string;
  name: string;
  email: string | null;
  metadata: { [name: string]: Json | undefined };
  /** Grows with every change, of a field's value too. */
  version: number;
  created_at: string;
  updated_at: string;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** Null of whom nobody has blocked. */
  blocked_at: string | null;
  /** The agent's id. */
  blocked_by: string | null;
  block_reason: string | null;
  /** The customer who has all that was theirs. */
  merged_into: string | null;
  /** When everything personal was taken out for good. */
  erased_at: string | null;
}

export interface Field {
  id: string;
  /** What values are given and found under. */
  field_name: string;
  field_type: FieldType;
  is_required: boolean;
  /** Of select and multiselect; null of others. */
  options: string[] | null;
  label: string | null;
  /** Help for whoever fills it in. */
  description: string | null;
  /** Where it stands in lists and forms. */
  position: number;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** What a new customer gets where nothing is given. */
  default_value: string | number | boolean | string[] | null;
  /** What a text has to match as a whole. */
  pattern: string | null;
  /** A number or a date. */
  minimum: number | string | null;
  /** A number or a date. */
  maximum: number | string | null;
  /** Options that nobody can choose any more; null where options is. */
  retired_options: string[] | null;
}

export interface TicketRow {
  id: string;
  /** For people; unique in the organization. */
  number: number;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  customer_id: string;
  /** The agent's id. */
  assigned_to: string | null;
  customer: TicketCustomer;
  assignee: TicketAssignee | null;
  /** In alphabetical order. */
  tags: string[];
  metadata: { [name: string]: Json | undefined };
  snoozed_until: string | null;
  /** The customer's first message that no person has answered in public and no solving has settled; null where none is. */
  waiting_since: string | null;
  last_activity_at: string;
  /** The first public reply of an agent. */
  first_reply_at: string | null;
  /** The latest public reply of an agent. */
  last_reply_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** The ticket that its messages went to. */
  merged_into: string | null;
  /** The ticket that its first messages came from. */
  split_from: string | null;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
}

export interface Tag {
  id: string;
  /** In lower case, a hyphen for each blank. */
  name: string;
  /** Tickets that have it, counted one by one. */
  ticket_count: number;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
}

export interface MessageRow {
  id: string;
  ticket_id: string;
  sender: MessageSender;
  body: string;
  /** A note for agents, never shown to the customer. */
  is_internal: boolean;
  /** Written by a machine, such as an out-of-office reply. */
  is_automatic: boolean;
  email_message_id: string | null;
  in_reply_to: string | null;
  delivery_status: MessageDeliveryStatus;
  delivery_error: string | null;
  delivery_updated_at: string | null;
  metadata: { [name: string]: Json | undefined };
  version: number;
  created_at: string;
  updated_at: string;
  /** The ticket it was written to, where that was merged. */
  merged_from: string | null;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** The body was cut at 4 KiB; messages.get has all of it. */
  truncated: boolean;
}

export interface MacroRow {
  id: string;
  title: string;
  /** The template; null of a macro of actions only. */
  body: string | null;
  /** What it does to the ticket. */
  actions: MacroActions;
  /** Who sees it: its maker alone, or all. */
  visibility: MacroVisibility;
  /** The agent's id. */
  created_by: string | null;
  metadata: { [name: string]: Json | undefined };
  /** How often it was applied; no change of the macro. */
  usage_count: number;
  last_used_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** The body was cut at 4 KiB; macros.get has all of it. */
  truncated: boolean;
}

export interface Audit {
  /** Rises with the changes of one object. */
  seq: number;
  /** The transaction; records of one call have the same. */
  xid: string;
  object: AuditObject;
  /** The ticket that the object is or belongs to. */
  ticket_id: string | null;
  /** The object's version afterwards. */
  version: number;
  /** found: it was there when the history began. */
  action: AuditAction;
  actor: AuditActor;
  method: string | null;
  requested_at: string | null;
  created_at: string;
  /** Members from and to; of long texts the first 4 KiB. */
  changes: { [name: string]: AuditChanges };
  /** Members whose values were taken out for good. */
  cleaned: string[];
  /** Of a redaction, erasure or purge: members, records, reason. */
  detail: { [name: string]: Json } | null;
}

export interface Session {
  /** The handle that calls name; null where the call carried a token. */
  session: string | null;
  /** When the token expires. */
  expires_at: string;
  organization: SessionOrganization;
  agent: SessionAgent;
  /** Who acts in the agent's name (the claim act). */
  acting_party: Json | null;
  /** The kind of token: Clerk's session token, or an OAuth access token, which acts with an agent's rights. */
  token_profile: SessionTokenProfile;
  /** The OAuth client; null for a session token. */
  client_id: string | null;
}

export interface SessionCloseResult {
  closed: boolean;
}

export interface AgentsListResult {
  items: Agent[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface CustomersListResult {
  items: CustomerRow[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface CustomersUpsertResult {
  /** Whether there was none with any of them. */
  created: boolean;
  customer: Customer;
}

export interface CustomersSetFieldsManyResult {
  items: CustomersSetFieldsManyResultItems[];
}

export interface HistoryResult {
  items: Audit[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface CustomersEraseResult {
  id: string;
  erased_at: string;
  erased: CustomersEraseResultErased;
  kept: CustomersEraseResultKept;
}

export interface CustomersExportOneResult {
  customer: Customer;
  /** Whoever was merged into them. */
  merged: Customer[];
  tickets: CustomersExportOneResultTickets[];
  /** What they wrote on tickets of others. */
  messages_elsewhere: Message[];
  /** Of the customers, the first change first. */
  history: Audit[];
  exported_at: string;
}

export interface DeleteResult {
  id: string;
  deleted: boolean;
}

export interface CustomersImportResult {
  /** How many there were: the sum of those below. */
  rows: number;
  created: number;
  updated: number;
  /** Were there and as the row says. */
  unchanged: number;
  /** Were there, with on_conflict skip. */
  skipped: number;
  failed: number;
  /** One for each row that failed, in their order. */
  errors: CustomersImportResultErrors[];
}

export interface ExportResult {
  /** How many were sent. */
  parts: number;
  /** How many items were in them. */
  exported: number;
}

export interface FieldsListResult {
  items: Field[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface FieldsUsageResult {
  id: string;
  field_name: string;
  customers: number;
  /** In the order of the options; null where the field has none. */
  options: FieldsUsageResultOptions[] | null;
}

export interface TicketsListResult {
  items: TicketRow[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface TicketsViewingResult {
  ticket_id: string;
  /** Other agents, by name. */
  viewers: TicketsViewingResultViewers[];
}

export interface TicketsCountResult {
  total: number;
  by_status: TicketsCountResultByStatus;
  /** The most tickets first; null stands for nobody. */
  by_assignee: TicketsCountResultByAssignee[];
  /** Tickets of assignees beyond the first 200. */
  by_other_assignees: number;
}

export interface TicketsHistoryResult {
  items: TicketsHistoryResultItems[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface TicketsAtResult {
  id: string;
  version: number;
  /** Since when it was so. */
  changed_at: string;
  /** Its members, named as in tickets.get; those that were null are left out. */
  ticket: { [name: string]: Json };
  message_count: number;
  /** Its members, named as in messages.get; of a long body the first 4 KiB. */
  last_message: { [name: string]: Json } | null;
}

export interface TicketsDiffResult {
  id: string;
  from: TicketsDiffResultFrom;
  to: TicketsDiffResultFrom;
  /** Members from and to; of long texts the first 4 KiB. */
  changes: { [name: string]: AuditChanges };
}

export interface TagsListResult {
  items: Tag[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface SearchResult {
  items: SearchResultItems[];
  /** How many there are in all, of the same moment as the page. */
  count: SearchResultCount;
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface ViewsListResult {
  items: View[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface ViewsCountsResult {
  /** In the order of the ids. */
  items: ViewsCountsResultItems[];
}

export interface ReportsBacklogResult {
  /** The organization's; its days are counted. */
  time_zone: string;
  /** The first day. */
  from: string;
  /** The last day. */
  to: string;
  total: ReportsBacklogResultTotal;
  /** The largest groups: at most 50, and 400 of their periods in all, but always one. */
  groups: ReportsBacklogResultGroups[];
  /** How many groups there are beyond those. */
  omitted_groups: number;
}

export interface ReportsVolumeResult {
  /** The organization's; its days are counted. */
  time_zone: string;
  /** The first day. */
  from: string;
  /** The last day. */
  to: string;
  total: ReportsVolumeResultTotal;
  /** The largest groups: at most 50, and 400 of their periods in all, but always one. */
  groups: ReportsVolumeResultGroups[];
  /** How many groups there are beyond those. */
  omitted_groups: number;
}

export interface ReportsTimesResult {
  /** The organization's; its days are counted. */
  time_zone: string;
  /** The first day. */
  from: string;
  /** The last day. */
  to: string;
  total: ReportsTimesResultTotal;
  /** The largest groups: at most 50, and 180 of their periods in all, but always one. */
  groups: ReportsTimesResultGroups[];
  /** How many groups there are beyond those. */
  omitted_groups: number;
}

export interface MessagesListResult {
  items: MessageRow[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface MacrosListResult {
  items: MacroRow[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface MacrosRenderResult {
  /** At most 256 KiB. */
  text: string;
  /** The ticket's version that it was rendered over. */
  ticket_version: number;
}

export interface Macro2 {
  /** With all that the actions did. */
  ticket: Ticket;
  /** Null of a macro without a text. */
  message: Message | null;
}

export interface EmailAccountsListResult {
  items: EmailAccount[];
  /** Where the next page begins; null at the end. */
  next_cursor: string | null;
}

export interface BatchRunResult {
  /** One for each call, in their order. */
  results: BatchRunResultResults[];
}

export interface AuditVerifyResult {
  seals: number;
  records: number;
  /** Records with members taken out, as a later record says. */
  cleaned: number;
  /** Records that are not sealed yet; at most 100,000 are counted. */
  unsealed: number;
  last: AuditVerifyResultLast | null;
  /** from of the next call; null at the end. */
  next: number | null;
  problems: AuditVerifyResultProblems[];
}

export interface EventsSinceResult {
  items: EventsSinceResultItems[];
  /** Where to go on; there always is one. */
  cursor: string;
  /** More has happened already, even where items is empty. */
  has_more: boolean;
}

export interface EventsSubscribeResult {
  /** Its handle, which events.unsubscribe takes. */
  subscription: string;
  /** Where it begins. */
  cursor: string;
}

export interface EventsUnsubscribeResult {
  unsubscribed: boolean;
}

export interface ClerkWebhookResult {
  /** svix-id; an event counts once, however often it is delivered. */
  id: string;
  /** Such as organizationMembership.created. */
  type: string;
  applied: boolean;
  /** Why there was nothing to do; a newer event may have come before, and not every type matters here. */
  reason: ClerkWebhookResultReason | null;
}

export interface SystemPingResult {
  pong: boolean;
}

export interface SystemInfoResult {
  name: "deskpipe";
  version: string;
  /** The newest migration that it knows. */
  schema_version: number;
  /** PostgreSQL's; null before it was reached. */
  server_version: string | null;
  limits: SystemInfoResultLimits;
}

export interface RpcDiscoverResult {
  /** The version of OpenRPC that the document follows. */
  openrpc: string;
  info: Json;
  methods: Json[];
  "x-notifications": Json[];
  components: Json;
}

export interface CancelRequestParams {
  /** The request's id, as it was sent. */
  id: string | number;
}

export interface SessionExpiringParams {
  /** The session's handle. */
  session: string;
  /** When the token expires. */
  expires_at: string;
}

export interface EventsEventsParams {
  /** The subscription's handle. */
  subscription: string;
  items: EventsSinceResultItems[];
  /** Where to go on; there always is one. */
  cursor: string;
  /** More has happened already, even where items is empty. */
  has_more: boolean;
}

export interface EventsLaggingParams {
  /** The subscription's handle, which is no longer known. */
  subscription: string;
  /** Behind the last event that was sent. */
  cursor: string;
}

export interface ExportPartParams {
  /** The id of the request that it belongs to. */
  id: string | number;
  /** Counted from 1. */
  part: number;
  /** Items so far, those of this part among them. */
  exported: number;
  /** With progress: how many there were to be at the beginning. */
  total?: number;
  /** Behind this part: from there on another export goes on. */
  cursor: string;
  /** As customers.get or tickets.get has them. */
  items: Json[];
}

export interface OrganizationBusinessHours {
  /** The hours of the day, one after another. */
  monday?: OrganizationBusinessHoursMonday[];
  tuesday?: OrganizationBusinessHoursMonday[];
  wednesday?: OrganizationBusinessHoursMonday[];
  thursday?: OrganizationBusinessHoursMonday[];
  friday?: OrganizationBusinessHoursMonday[];
  saturday?: OrganizationBusinessHoursMonday[];
  sunday?: OrganizationBusinessHoursMonday[];
}

export interface OrganizationBusinessHoursMonday {
  /** When they begin, 00:00 to 23:59. */
  from: string;
  /** When they end, after that, up to 24:00. */
  to: string;
}

export type AgentRole = "admin" | "agent";

export type AgentStatus = "online" | "offline" | "away";

export interface CustomerIdentities {
  kind: CustomerIdentitiesKind;
  value: string;
  /** The address that is the customer's email. */
  is_primary: boolean;
  created_at: string;
}

export type CustomerIdentitiesKind = "email" | "external_id" | "chat";

export type TicketStatus = "open" | "pending" | "solved" | "closed";

export type TicketPriority = "low" | "normal" | "high" | "urgent";

export interface TicketCustomer {
  id: string;
  name: string;
  email: string | null;
}

export interface TicketAssignee {
  id: string;
  name: string;
}

export type ViewSort = "activity" | "creation" | "priority";

export interface MessageSender {
  type: MessageSenderType;
  id: string | null;
  name: string | null;
}

export type MessageSenderType = "agent" | "customer" | "system";

export type MessageDeliveryStatus = "none" | "queued" | "sent" | "delivered" | "failed";

export interface MacroActions {
  status?: MacroActionsStatus;
  priority?: TicketPriority;
  /** An agent's id, me for whoever applies it, null for nobody. */
  assigned_to?: string | "me" | null;
  /** Values of the ticket's customer by field name; null removes one. */
  fields?: { [name: string]: Json | undefined };
  add_tags?: string[];
  remove_tags?: string[];
  /** Replaces all; not together with the two above. */
  set_tags?: string[];
  /** Agents' ids, or me. */
  add_followers?: (string | "me")[];
  /** From when it is applied. */
  snooze_hours?: number;
}

export type MacroActionsStatus = "open" | "pending" | "solved";

export type MacroVisibility = "me" | "all";

export interface EmailAccountImapSettings {
  host?: string;
  port?: number;
  security?: EmailAccountImapSettingsSecurity;
  username?: string;
}

export type EmailAccountImapSettingsSecurity = "tls" | "starttls" | "none";

export type FieldType = "text" | "number" | "boolean" | "date" | "select" | "multiselect";

export interface AuditObject {
  kind: string;
  id: string;
}

export type AuditAction = "found" | "created" | "changed" | "deleted" | "restored" | "merged" | "unmerged" | "redacted" | "erased" | "purged";

export interface AuditActor {
  type: MessageSenderType;
  id: string | null;
  name: string | null;
  /** The user of Clerk who acted in the agent's name. */
  impersonator: string | null;
  /** The OAuth client by whose access token it was done. */
  client_id: string | null;
  /** The agent who brought what a customer did. */
  agent_id: string | null;
}

export interface AuditChanges {
  from: Json;
  to: Json;
}

export interface SessionOrganization {
  id: string;
  clerk_id: string;
  name: string;
}

export interface SessionAgent {
  id: string;
  clerk_user_id: string;
  name: string;
  role: AgentRole;
}

export type SessionTokenProfile = "session" | "oauth";

export interface CustomersSetFieldsManyResultItems {
  id: string;
  fields: { [name: string]: string | number | boolean | string[] };
  version: number;
  updated_at: string;
}

export interface CustomersEraseResultErased {
  /** Those merged into them included. */
  customers: number;
  identities: number;
  /** Of fields. */
  values: number;
  /** What they wrote. */
  messages: number;
  /** Subjects and metadata. */
  tickets: number;
  /** Of others, on their tickets. */
  covered_messages: number;
  /** Saved views that named them. */
  views: number;
  history_records: number;
  /** Kept for idempotency keys. */
  answers: number;
}

export interface CustomersEraseResultKept {
  tickets: number;
  /** Of others, written on their tickets. */
  messages: number;
}

export interface CustomersExportOneResultTickets {
  id: string;
  /** For people; unique in the organization. */
  number: number;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  customer_id: string;
  /** The agent's id. */
  assigned_to: string | null;
  customer: TicketCustomer;
  assignee: TicketAssignee | null;
  /** In alphabetical order. */
  tags: string[];
  metadata: { [name: string]: Json | undefined };
  snoozed_until: string | null;
  /** The customer's first message that no person has answered in public and no solving has settled; null where none is. */
  waiting_since: string | null;
  last_activity_at: string;
  /** The first public reply of an agent. */
  first_reply_at: string | null;
  /** The latest public reply of an agent. */
  last_reply_at: string | null;
  /** Grows with every change. */
  version: number;
  created_at: string;
  updated_at: string;
  /** The ticket that its messages went to. */
  merged_into: string | null;
  /** The ticket that its first messages came from. */
  split_from: string | null;
  /** Null unless an admin asked for what is deleted. */
  deleted_at: string | null;
  /** The agent's id. */
  deleted_by: string | null;
  /** The oldest first. */
  messages: Message[];
}

export interface CustomersImportResultErrors {
  /** Which of the rows, from 0. */
  row: number;
  /** As of an error. */
  kind: CustomersImportResultErrorsKind;
  /** A JSON pointer into params. */
  path: string;
  /** A sentence for a person. */
  message: string;
}

export type CustomersImportResultErrorsKind = "invalid_params" | "invalid" | "already_exists" | "deleted";

export interface FieldsUsageResultOptions {
  option: string;
  is_retired: boolean;
  customers: number;
}

export interface TicketsViewingResultViewers {
  id: string;
  name: string;
  mode: TicketsViewingResultViewersMode;
  expires_at: string;
}

export type TicketsViewingResultViewersMode = "reading" | "writing";

export interface TicketsCountResultByStatus {
  open: number;
  pending: number;
  solved: number;
  closed: number;
}

export interface TicketsCountResultByAssignee {
  assignee: TicketAssignee | null;
  count: number;
}

export interface TicketsHistoryResultItems {
  /** Rises with the changes of one object. */
  seq: number;
  /** The transaction; records of one call have the same. */
  xid: string;
  object: AuditObject;
  /** The ticket that the object is or belongs to. */
  ticket_id: string | null;
  /** The object's version afterwards. */
  version: number;
  /** found: it was there when the history began. */
  action: AuditAction;
  actor: AuditActor;
  method: string | null;
  requested_at: string | null;
  created_at: string;
  /** Members from and to; of long texts the first 4 KiB. */
  changes: { [name: string]: AuditChanges };
  /** Members whose values were taken out for good. */
  cleaned: string[];
  /** Of a redaction, erasure or purge: members, records, reason. */
  detail: { [name: string]: Json } | null;
  /** Where the status changed: the one it was, since when and for how long. */
  ended: TicketsHistoryResultItemsEnded | null;
}

export interface TicketsHistoryResultItemsEnded {
  status: TicketStatus;
  since: string;
  seconds: number;
}

export interface TicketsDiffResultFrom {
  version: number;
  changed_at: string;
}

export interface SearchResultItems {
  type: "ticket";
  ticket: TicketRow;
  /** Null where only a customer or a tag fits. */
  snippet: SearchResultItemsSnippet | null;
  /** Null when sorted by time. */
  score: number | null;
}

export interface SearchResultItemsSnippet {
  /** The message it is from; null is the subject. */
  message_id: string | null;
  /** Around the words that were found; each stands between ⟦ and ⟧ (U+27E6, U+27E7). */
  text: string;
}

export interface SearchResultCount {
  value: number;
  /** False: there are at least so many. */
  is_exact: boolean;
}

export interface ViewsCountsResultItems {
  id: string;
  count: SearchResultCount;
}

export interface ReportsBacklogResultTotal {
  /** Open and pending tickets at the end. */
  unsolved: number;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsBacklogResultTotalPeriods[];
}

export interface ReportsBacklogResultTotalPeriods {
  /** Its first day within the period. */
  from: string;
  /** Open and pending tickets at the end. */
  unsolved: number;
}

export interface ReportsBacklogResultGroups {
  /** Null stands for nobody. */
  agent?: TicketAssignee | null;
  /** Null stands for none. */
  tag?: string | null;
  priority?: TicketPriority;
  /** Open and pending tickets at the end. */
  unsolved: number;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsBacklogResultTotalPeriods[];
}

export interface ReportsVolumeResultTotal {
  created: number;
  /** How often tickets were solved; closing one that was not is solving it. */
  solved: number;
  /** How often solved or closed tickets were opened again. */
  reopened: number;
  /** The part of what was solved here that has been reopened until now; null where nothing was solved. */
  reopen_rate: number | null;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsVolumeResultTotalPeriods[];
}

export interface ReportsVolumeResultTotalPeriods {
  /** Its first day within the period. */
  from: string;
  created: number;
  /** How often tickets were solved; closing one that was not is solving it. */
  solved: number;
  /** How often solved or closed tickets were opened again. */
  reopened: number;
  /** The part of what was solved here that has been reopened until now; null where nothing was solved. */
  reopen_rate: number | null;
}

export interface ReportsVolumeResultGroups {
  /** Null stands for nobody. */
  agent?: TicketAssignee | null;
  /** Null stands for none. */
  tag?: string | null;
  priority?: TicketPriority;
  created: number;
  /** How often tickets were solved; closing one that was not is solving it. */
  solved: number;
  /** How often solved or closed tickets were opened again. */
  reopened: number;
  /** The part of what was solved here that has been reopened until now; null where nothing was solved. */
  reopen_rate: number | null;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsVolumeResultTotalPeriods[];
}

export interface ReportsTimesResultTotal {
  /** From a ticket's creation to a person's first public reply, of tickets first replied to in this time whose customer had written before. */
  first_response: ReportsTimesResultTotalFirstResponse;
  /** From a ticket's creation to its solving, of tickets solved in this time and not reopened since. */
  resolution: ReportsTimesResultTotalFirstResponse;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsTimesResultTotalPeriods[];
}

export interface ReportsTimesResultTotalFirstResponse {
  /** How many tickets. */
  count: number;
  /** Seconds that passed. */
  clock: ReportsTimesResultTotalFirstResponseClock;
  /** Those of them within the organization's business hours as they were when it was responded to or solved. */
  business: ReportsTimesResultTotalFirstResponseClock;
}

export interface ReportsTimesResultTotalFirstResponseClock {
  median: number | null;
  /** Nine in ten took no longer. */
  p90: number | null;
}

export interface ReportsTimesResultTotalPeriods {
  /** Its first day within the period. */
  from: string;
  /** From a ticket's creation to a person's first public reply, of tickets first replied to in this time whose customer had written before. */
  first_response: ReportsTimesResultTotalFirstResponse;
  /** From a ticket's creation to its solving, of tickets solved in this time and not reopened since. */
  resolution: ReportsTimesResultTotalFirstResponse;
}

export interface ReportsTimesResultGroups {
  /** Null stands for nobody. */
  agent?: TicketAssignee | null;
  /** Null stands for none. */
  tag?: string | null;
  priority?: TicketPriority;
  /** From a ticket's creation to a person's first public reply, of tickets first replied to in this time whose customer had written before. */
  first_response: ReportsTimesResultTotalFirstResponse;
  /** From a ticket's creation to its solving, of tickets solved in this time and not reopened since. */
  resolution: ReportsTimesResultTotalFirstResponse;
  /** Each day, week or month; empty unless `by` asks for them. */
  periods: ReportsTimesResultTotalPeriods[];
}

export interface BatchRunResultResults {
  /** As the method answers. */
  result?: Json;
  /** With each: why that call failed; code, message and data. */
  error?: Json;
}

export interface AuditVerifyResultLast {
  number: number;
  hash: string;
}

export interface AuditVerifyResultProblems {
  /** not_explained: members were taken out, and no record says so. */
  kind: AuditVerifyResultProblemsKind;
  seal: number;
  seq?: number;
  object?: AuditObject;
}

export type AuditVerifyResultProblemsKind = "seal_missing" | "seal_changed" | "record_missing" | "record_changed" | "record_added" | "not_explained";

export interface EventsSinceResultItems {
  /** The same whenever the event is read; as a cursor it stands for what came after it. */
  id: string;
  /** Events of one transaction have it in common, and follow each other. */
  transaction: string;
  /** object_kind and what was done, such as ticket.created. */
  type: string;
  object_kind: string;
  object_id: string;
  /** The object's version after the change. */
  version: number;
  /** The ticket that the object is or belongs to. */
  ticket_id: string | null;
  /** Who did it. */
  actor: EventsSinceResultItemsActor;
  /** The method that did it, where one did. */
  method: string | null;
  /** When its transaction began. */
  created_at: string;
  /** What the members that changed were before; of what was deleted all that were set. A customer's field is the member fields.<id of the field>. */
  old_values: { [name: string]: Json };
  /** What they are; of what was created all that are set. */
  new_values: { [name: string]: Json };
  /** Long texts were cut at 4,000 characters, or members left out that are larger. */
  truncated: boolean;
}

export interface EventsSinceResultItemsActor {
  type: MessageSenderType;
  id: string | null;
  /** The agent who brought what a customer did. */
  agent_id: string | null;
}

export type ClerkWebhookResultReason = "repeated" | "outdated" | "not_followed";

export interface SystemInfoResultLimits {
  /** Bytes of one line without its LF. */
  line_bytes: number;
  /** Calls in one batch. */
  batch_calls: number;
  /** Containers around a value in a request. */
  depth: number;
  /** Requests without an answer; more are refused as busy. */
  waiting_requests: number;
  /** Their bytes. */
  waiting_bytes: number;
  /** Unread output above which nothing new is started. */
  output_pause_bytes: number;
  /** Unread output above which the process ends. */
  output_end_bytes: number;
  /** Sessions in one process. */
  sessions: number;
  /** Items in one page of a list. */
  page_items: number;
  /** Bytes of items in one page, but always one item. */
  page_bytes: number;
  /** Bytes of a macro's template. */
  macro_bytes: number;
  /** Sections in one another in a template. */
  macro_depth: number;
  /** Bytes of what a macro renders to. */
  macro_output_bytes: number;
}

export interface OrganizationsUpdateBusinessHours {
  /** The hours of the day, one after another. */
  monday?: OrganizationBusinessHoursMonday[];
  tuesday?: OrganizationBusinessHoursMonday[];
  wednesday?: OrganizationBusinessHoursMonday[];
  thursday?: OrganizationBusinessHoursMonday[];
  friday?: OrganizationBusinessHoursMonday[];
  saturday?: OrganizationBusinessHoursMonday[];
  sunday?: OrganizationBusinessHoursMonday[];
}

export interface OrganizationsUpdateBusinessHoursMonday {
  /** When they begin, 00:00 to 23:59. */
  from: string;
  /** When they end, after that, up to 24:00. */
  to: string;
}

export interface CustomersListIdentity {
  kind: CustomerIdentitiesKind;
  /** An address, whatever its case; an id as the other system has it; or network:handle, such as telegram:@ana. */
  value: string;
}

export interface CustomersListCreatedAt {
  /** This instant or later. */
  from?: string;
  /** Earlier than this instant. */
  before?: string;
}

export interface CustomersListFields {
  /** Greater than this. */
  gt?: string | number | boolean;
  /** This or greater. */
  gte?: string | number | boolean;
  /** Less than this. */
  lt?: string | number | boolean;
  /** This or less. */
  lte?: string | number | boolean;
}

export type CustomersListSort = "name" | "creation";

export interface CustomersSetFieldsManyCustomers {
  id: string;
  /** As for customers.set_fields. */
  fields: { [name: string]: Json | undefined };
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
}

export type CustomersImportOnConflict = "update" | "skip" | "error";

export type TicketsListAssignedTo = "me" | "none";

export type TicketsListTagsMatch = "all" | "any";

export interface TicketsCreateCustomer {
  /** Of a customer of the organization, or of a new one; this or identities. */
  email?: string;
  /** What they are found by as well; a new customer gets them all. */
  identities?: CustomersListIdentity[];
  /** For a new customer; the address if left out. */
  name?: string;
  /** For a new customer: values by field name. */
  fields?: { [name: string]: Json | undefined };
}

export interface TicketsCreateMessage {
  /** Plain text, at most 1 MiB. */
  body: string;
  /** Who says it: the caller as agent, the ticket's customer, or the desk itself (system). */
  as?: MessageSenderType;
  /** A note for agents, never a reply; not for what a customer said. */
  is_internal?: boolean;
  /** A machine wrote it, such as an out-of-office reply: it reopens nothing and counts as no reply. */
  is_automatic?: boolean;
  /** The id of the mail, or of the message on another channel; unique in the organization. */
  email_message_id?: string;
  /** The email_message_id of the message it answers, whether known here or not. */
  in_reply_to?: string;
  metadata?: { [name: string]: Json | undefined };
}

export interface TicketsUpdateTags {
  /** Put on. */
  add?: string[];
  /** Taken off, where they are there. */
  remove?: string[];
  /** All that it has from now on; not with add or remove. */
  set?: string[];
}

export type TicketsViewingMode = "reading" | "writing" | "none";

export type SearchSort = "relevance" | "time";

export type ReportsBacklogBy = "day" | "week" | "month";

export type ReportsBacklogGroup = "agent" | "tag" | "priority";

export type MessagesSetDeliveryStatus = "queued" | "sent" | "delivered" | "failed";

export interface MessagesRedactRanges {
  /** The first character, counted from 0. */
  from: number;
  /** The one after the last. */
  to: number;
}

export interface MacrosCreateActions {
  status?: MacroActionsStatus;
  priority?: TicketPriority;
  /** An agent's id, me for whoever applies it, null for nobody. */
  assigned_to?: string | "me" | null;
  /** Values of the ticket's customer by field name; null removes one. */
  fields?: { [name: string]: Json | undefined };
  add_tags?: string[];
  remove_tags?: string[];
  /** Replaces all; not together with the two above. */
  set_tags?: string[];
  /** Agents' ids, or me. */
  add_followers?: (string | "me")[];
  /** From when it is applied. */
  snooze_hours?: number;
}

export interface EmailAccountsCreateImapSettings {
  /** The server's name. */
  host: string;
  /** Its port, such as 993 or 465. */
  port: number;
  /** TLS from the start, STARTTLS, or none. */
  security?: EmailAccountImapSettingsSecurity;
  /** Left out where the server asks for none. */
  username?: string;
  /** Kept sealed and never shown; null removes it. */
  password?: string | null;
}

export interface BatchRunCalls {
  method: string;
  /** The method's own. */
  params?: { [name: string]: Json };
}

export type BatchRunMode = "all" | "each";

export interface AuditVerifyKnown {
  number: number;
  hash: string;
}

export type EventsSinceFrom = "now" | "beginning";

export interface ErrorData {
  /** What went wrong; stable. */
  kind: ErrorKind;
  /** Which call of a batch.run failed, counted from 0. */
  call?: number;
  /** A JSON pointer into params. */
  path?: string;
  /** Why a token or a webhook was refused. */
  reason?: string;
  /** The same call may succeed when sent again. */
  retryable?: boolean;
  /** Further facts. */
  details?: Json;
}

/** Parameters of session.open. */
export interface SessionOpenParams {
  /** A Clerk session token (a JWT signed with RS256). */
  token: string;
  /** Makes this the session of calls that name none; counts only before any other session was opened. */
  default?: boolean;
  /** Seconds ahead of the token's expiry at which the notification session.expiring {session, expires_at} is sent. */
  notify_before?: number;
}

/** Parameters of session.refresh. */
export interface SessionRefreshParams {
  /** A Clerk session token of the same subject and organization. */
  token: string;
  /** The session; left out, the process's default one. */
  session?: string;
}

/** Parameters of session.close. */
export interface SessionCloseParams {
  /** The session; left out, the process's default one. */
  session?: string;
}

/** Parameters of session.whoami. */
export interface SessionWhoamiParams {
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of organizations.get. */
export interface OrganizationsGetParams {
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of organizations.update. */
export interface OrganizationsUpdateParams {
  name?: string;
  /** Null removes it. */
  support_email?: string | null;
  /** Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member, anything but an object replaces it. */
  settings?: { [name: string]: Json | undefined };
  /** Days after which a solved ticket is closed, 28 at first; null for never. */
  close_after_days?: number | null;
  /** Days after its closing in which a customer's message reopens a ticket; later it makes a follow-up. 0, as at first: always a follow-up; null: always reopened. */
  reopen_days?: number | null;
  /** The language that people write in: a text search configuration of PostgreSQL such as english, german or simple, which is the first and takes words as they stand. What was written before follows by and by. */
  search_language?: string;
  /** Days after which what was deleted is purged for good, 30 at first: until then it can be restored. */
  keep_deleted_days?: number;
  /** Days after which closed tickets are purged for good; null, as at first, for never. */
  keep_closed_days?: number | null;
  /** The IANA name of your time zone, such as Europe/Berlin; UTC at first. Reports are told in it. */
  time_zone?: string;
  /** The hours of the week in which you are at work, by the clock of time_zone; a day that is left out has none. Null, as at first: at any time. Times that reports told before stay as they are. */
  business_hours?: OrganizationBusinessHours | null;
  /** Days without business hours; they take the place of those there were. */
  holidays?: string[];
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of agents.list. */
export interface AgentsListParams {
  status?: AgentStatus;
  role?: AgentRole;
  /** Agents who have left as well. */
  include_deactivated?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of agents.get. */
export interface AgentsGetParams {
  /** The agent's id, or me. */
  id: string | "me";
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of agents.update. */
export interface AgentsUpdateParams {
  /** The agent's id, or me. */
  id: string | "me";
  name?: string;
  /** Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member, anything but an object replaces it. */
  settings?: { [name: string]: Json | undefined };
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of agents.set_status. */
export interface AgentsSetStatusParams {
  status: AgentStatus;
  /** The agent's id; the caller if left out. */
  id?: string | "me";
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.list. */
export interface CustomersListParams {
  /** Who has exactly this address, whatever its case; this or identity. */
  email?: string;
  /** Who has it. */
  identity?: CustomersListIdentity;
  /** Beginnings of words in the name or address, all of them. A list looks at the 1,000 newest matches. */
  text?: string;
  /** Only who is blocked, or only who is not. */
  blocked?: boolean;
  /** When it was created. */
  created_at?: CustomersListCreatedAt;
  /** When it was changed last. */
  updated_at?: CustomersListCreatedAt;
  /** Customers' fields by name: a value, several of which any will do, null for no value, or {gt, gte, lt, lte} of numbers and dates. Texts are compared without regard to case. */
  fields?: { [name: string]: string | number | boolean | (string | number | boolean)[] | CustomersListFields | null };
  /** By name or creation. */
  sort?: CustomersListSort;
  /** From the end of the alphabet, or the newest first. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of customers.get. */
export interface CustomersGetParams {
  /** The customer. */
  id: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of customers.create. */
export interface CustomersCreateParams {
  /** The address if left out. */
  name?: string;
  /** Unique in the organization. */
  email?: string;
  metadata?: { [name: string]: Json | undefined };
  /** Values by field name: strings, numbers, true or false, dates as YYYY-MM-DD, one option, or a list of options. */
  fields?: { [name: string]: Json | undefined };
  /** What else they are found by, each nobody else's. */
  identities?: CustomersListIdentity[];
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.update. */
export interface CustomersUpdateParams {
  /** The customer. */
  id: string;
  name?: string;
  /** Null removes it. */
  email?: string | null;
  /** Replaces all that was there. */
  metadata?: { [name: string]: Json | undefined };
  /** Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member; instead of metadata. */
  metadata_patch?: { [name: string]: Json | undefined };
  /** As for customers.set_fields. */
  fields?: { [name: string]: Json | undefined };
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.upsert. */
export interface CustomersUpsertParams {
  /** Whose customer it is, whatever its case; this or identities or both. Where they have another email already, it is one more address of theirs. */
  email?: string;
  /** What the customer is found by as well; all of one customer. */
  identities?: CustomersListIdentity[];
  /** A new customer without it is called by the address, or else by the first of the identities. */
  name?: string;
  /** Replaces all that was there. */
  metadata?: { [name: string]: Json | undefined };
  /** As for customers.set_fields; a new customer needs the required ones. */
  fields?: { [name: string]: Json | undefined };
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.set_fields. */
export interface CustomersSetFieldsParams {
  /** The customer. */
  id: string;
  /** Values by field name: strings, numbers, true or false, dates as YYYY-MM-DD, one option, or a list of options. */
  fields: { [name: string]: Json | undefined };
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.set_fields_many. */
export interface CustomersSetFieldsManyParams {
  /** Each of them once. */
  customers: CustomersSetFieldsManyCustomers[];
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.add_identity. */
export interface CustomersAddIdentityParams {
  /** The customer. */
  id: string;
  kind: CustomerIdentitiesKind;
  /** An address, whatever its case; an id as the other system has it; or network:handle, such as telegram:@ana. */
  value: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.remove_identity. */
export interface CustomersRemoveIdentityParams {
  /** The customer. */
  id: string;
  kind: CustomerIdentitiesKind;
  /** An address, whatever its case; an id as the other system has it; or network:handle, such as telegram:@ana. */
  value: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.merge. */
export interface CustomersMergeParams {
  /** The customer who takes the others in; not merged themselves. */
  id: string;
  /** The customers to merge into them, none of them merged before. */
  sources: string[];
  /** The version of id that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.unmerge. */
export interface CustomersUnmergeParams {
  /** The customer who was merged into another one. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.block. */
export interface CustomersBlockParams {
  /** The customer. */
  id: string;
  /** For whoever wonders later; replaces the one before. */
  reason?: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.unblock. */
export interface CustomersUnblockParams {
  /** The customer. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.history. */
export interface CustomersHistoryParams {
  /** The customer. */
  id: string;
  /** The latest first. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of customers.erase. */
export interface CustomersEraseParams {
  /** The customer. */
  id: string;
  /** For the history; without anything about the person. */
  reason?: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.export_one. */
export interface CustomersExportOneParams {
  /** The customer. */
  id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of customers.delete. */
export interface CustomersDeleteParams {
  /** The customer. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.restore. */
export interface CustomersRestoreParams {
  /** The customer. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.import. */
export interface CustomersImportParams {
  /** Customers, together at most 4 MiB. One with an address or other identities is the customer who has any of them; rows of one customer, 100 at most, take effect in their order. */
  rows: ({ name?: string | null; email?: string | null; metadata?: { [name: string]: Json | undefined } | null; fields?: { [name: string]: Json | undefined } | null; identities?: Json; id?: Json; version?: Json; created_at?: Json; updated_at?: Json; deleted_at?: Json; deleted_by?: Json; blocked_at?: Json; blocked_by?: Json; block_reason?: Json; merged_into?: Json; erased_at?: Json })[];
  /** What becomes of customers who are there: changed as customers.upsert does, left as they are, or an error. */
  on_conflict?: CustomersImportOnConflict;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of customers.export. */
export interface CustomersExportParams {
  /** That of the last part you have: goes on behind it, in any session and process. */
  cursor?: string;
  /** Bytes of items in a part, but always one item. Larger ones are faster, up to some 200,000. */
  part_bytes?: number;
  /** Counts first, so that every part tells the total. */
  progress?: boolean;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of fields.list. */
export interface FieldsListParams {
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of fields.create. */
export interface FieldsCreateParams {
  /** Unique in the organization. */
  field_name: string;
  field_type: FieldType;
  /** Who lacks it is asked for it when their fields are next written. */
  is_required?: boolean;
  /** For select and multiselect only, which need it: all different. */
  options?: string[];
  label?: string;
  /** Help for whoever fills it in. */
  description?: string;
  /** After the last one if left out. */
  position?: number;
  /** What a new customer gets where nothing is given. */
  default_value?: string | number | boolean | string[];
  /** For text only: a regular expression of PostgreSQL that values match as a whole. What is there already stays. */
  pattern?: string;
  /** For numbers and dates: the least that can be set. What is there already stays. */
  minimum?: number | string;
  /** For numbers and dates: the most that can be set. What is there already stays. */
  maximum?: number | string;
  /** Options that nobody can choose any more; who has one keeps it. An option in use goes from options to these. */
  retired_options?: string[];
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of fields.update. */
export interface FieldsUpdateParams {
  /** The field. */
  id: string;
  /** Macros that name the field keep the old name. */
  field_name?: string;
  /** Options, default, pattern and range go where they are not given along with another type. */
  field_type?: FieldType;
  is_required?: boolean;
  /** Replaces them all, in this order. */
  options?: string[];
  /** Null removes it. */
  label?: string | null;
  /** Null removes it. */
  description?: string | null;
  /** Where it stands in lists and forms. */
  position?: number;
  /** What a new customer gets where nothing is given. */
  default_value?: string | number | boolean | string[] | null;
  /** For text only: a regular expression of PostgreSQL that values match as a whole. What is there already stays. */
  pattern?: string | null;
  /** For numbers and dates: the least that can be set. What is there already stays. */
  minimum?: number | string | null;
  /** For numbers and dates: the most that can be set. What is there already stays. */
  maximum?: number | string | null;
  /** Options that nobody can choose any more; who has one keeps it. An option in use goes from options to these. */
  retired_options?: string[];
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of fields.delete. */
export interface FieldsDeleteParams {
  /** The field. */
  id: string;
  /** Also where customers have values of it, which go with it, for good. */
  force?: boolean;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of fields.usage. */
export interface FieldsUsageParams {
  /** The field. */
  id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.list. */
export interface TicketsListParams {
  /** One status or several. */
  status?: TicketStatus | TicketStatus[];
  /** One priority or several. */
  priority?: TicketPriority | TicketPriority[];
  /** An agent's id, me, or none. */
  assigned_to?: string | TicketsListAssignedTo;
  /** Tickets of this customer, or of the one whom they were merged into. */
  customer_id?: string;
  /** Words in the subject or a message, or in the customer's name or address; "a phrase", -not. A list looks at the 1,000 matches of latest activity; where more than 2,000 have a word, at the 2,000 tickets of latest activity. */
  text?: string;
  /** When something happened last. */
  last_activity_at?: CustomersListCreatedAt;
  /** When it was created. */
  created_at?: CustomersListCreatedAt;
  /** Tickets with all of these tags. */
  tags?: string[];
  /** any: with at least one of the tags. */
  tags_match?: TicketsListTagsMatch;
  /** true: those that sleep now; false: those that do not. */
  snoozed?: boolean;
  /** Words and qualifiers; see Search in the reference. */
  query?: string;
  /** A saved view, instead of a query. */
  view_id?: string;
  /** Customers' fields by name: a value, several of which any will do, null for no value, or {gt, gte, lt, lte} of numbers and dates. Texts are compared without regard to case. */
  fields?: { [name: string]: string | number | boolean | (string | number | boolean)[] | CustomersListFields | null };
  /** When it was changed last. */
  updated_at?: CustomersListCreatedAt;
  /** With, or without, an internal note. */
  has_note?: boolean;
  /** By latest activity, creation or priority; if absent, as the view says, or by activity. */
  sort?: ViewSort;
  /** The latest, or most urgent, first, which they are if absent. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.get. */
export interface TicketsGetParams {
  /** The ticket; this or number. */
  id?: string;
  /** The ticket's number; this or id. */
  number?: number;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.create. */
export interface TicketsCreateParams {
  subject: string;
  /** Whom it is for; this or customer. */
  customer_id?: string;
  /** Whom it is for; this or customer_id. */
  customer?: TicketsCreateCustomer;
  /** An active agent's id, me, or null. */
  assigned_to?: string | "me" | null;
  priority?: TicketPriority;
  /** open, unless this says otherwise. */
  status?: TicketStatus;
  tags?: string[];
  metadata?: { [name: string]: Json | undefined };
  /** The first message. */
  message?: TicketsCreateMessage;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.update. */
export interface TicketsUpdateParams {
  /** The ticket. */
  id: string;
  subject?: string;
  priority?: TicketPriority;
  /** Replaces all that was there. */
  metadata?: { [name: string]: Json | undefined };
  /** Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member; instead of metadata. */
  metadata_patch?: { [name: string]: Json | undefined };
  /** Tags to put on and take off, or all of them anew. */
  tags?: TicketsUpdateTags;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.assign. */
export interface TicketsAssignParams {
  /** The ticket. */
  id: string;
  /** An active agent's id, me, or null for nobody. */
  assigned_to: string | "me" | null;
  /** Who has it now: an agent's id, me, or null for nobody. A ticket that somebody else has is a conflict, unless they are the one it is given to. */
  expected?: string | "me" | null;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.set_status. */
export interface TicketsSetStatusParams {
  /** The ticket. */
  id: string;
  status: TicketStatus;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.merge. */
export interface TicketsMergeParams {
  /** The ticket that takes the others in; neither closed nor merged itself. */
  id: string;
  /** The tickets to merge into it, none of them merged before. */
  sources: string[];
  /** The version of id that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.unmerge. */
export interface TicketsUnmergeParams {
  /** The ticket that was merged into another one. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.split. */
export interface TicketsSplitParams {
  /** The ticket. */
  id: string;
  /** The first message that moves; not the first of the ticket. */
  message_id: string;
  /** Of the new ticket; the same if left out. */
  subject?: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.claim. */
export interface TicketsClaimParams {
  /** The ticket. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.snooze. */
export interface TicketsSnoozeParams {
  /** The ticket. */
  id: string;
  /** A time within the next 366 days. */
  until: string;
  /** A message of the customer does not wake it. */
  keep_on_reply?: boolean;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.unsnooze. */
export interface TicketsUnsnoozeParams {
  /** The ticket. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.follow. */
export interface TicketsFollowParams {
  /** The ticket. */
  id: string;
  /** An active agent's id, or me. */
  agent_id?: string | "me";
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.unfollow. */
export interface TicketsUnfollowParams {
  /** The ticket. */
  id: string;
  /** An active agent's id, or me. */
  agent_id?: string | "me";
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.viewing. */
export interface TicketsViewingParams {
  /** The ticket. */
  ticket_id: string;
  /** none: no longer there, or only asking. */
  mode: TicketsViewingMode;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.delete. */
export interface TicketsDeleteParams {
  /** The ticket. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.restore. */
export interface TicketsRestoreParams {
  /** The ticket. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tickets.count. */
export interface TicketsCountParams {
  /** One status or several. */
  status?: TicketStatus | TicketStatus[];
  /** One priority or several. */
  priority?: TicketPriority | TicketPriority[];
  /** An agent's id, me, or none. */
  assigned_to?: string | TicketsListAssignedTo;
  /** Tickets of this customer, or of the one whom they were merged into. */
  customer_id?: string;
  /** Words in the subject or a message, or in the customer's name or address; "a phrase", -not. A list looks at the 1,000 matches of latest activity; where more than 2,000 have a word, at the 2,000 tickets of latest activity. */
  text?: string;
  /** When something happened last. */
  last_activity_at?: CustomersListCreatedAt;
  /** When it was created. */
  created_at?: CustomersListCreatedAt;
  /** Tickets with all of these tags. */
  tags?: string[];
  /** any: with at least one of the tags. */
  tags_match?: TicketsListTagsMatch;
  /** true: those that sleep now; false: those that do not. */
  snoozed?: boolean;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.export. */
export interface TicketsExportParams {
  /** That of the last part you have: goes on behind it, in any session and process. */
  cursor?: string;
  /** Bytes of items in a part, but always one item. Larger ones are faster, up to some 200,000. */
  part_bytes?: number;
  /** Counts first, so that every part tells the total. */
  progress?: boolean;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.history. */
export interface TicketsHistoryParams {
  /** The ticket. */
  id: string;
  /** Changes of the status only. */
  only_status?: boolean;
  /** The latest first. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.at. */
export interface TicketsAtParams {
  /** The ticket. */
  id: string;
  /** The instant. */
  time: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tickets.diff. */
export interface TicketsDiffParams {
  /** The ticket. */
  id: string;
  /** A version or an instant. */
  from: number | string;
  /** A version or an instant; without it, now. */
  to?: number | string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tags.list. */
export interface TagsListParams {
  /** How the name begins. */
  prefix?: string;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of tags.rename. */
export interface TagsRenameParams {
  /** The tag. */
  id: string;
  name: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tags.merge. */
export interface TagsMergeParams {
  /** The tag. */
  id: string;
  /** The tag that stays. */
  into: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of tags.delete. */
export interface TagsDeleteParams {
  /** The tag. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of search. */
export interface SearchParams {
  /** Words and qualifiers; see Search in the reference. */
  query?: string;
  /** A saved view, instead of a query. */
  view_id?: string;
  /** By how well they fit, or the latest activity first. Without words it is always by time. */
  sort?: SearchSort;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of views.list. */
export interface ViewsListParams {
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of views.get. */
export interface ViewsGetParams {
  /** The view. */
  id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of views.create. */
export interface ViewsCreateParams {
  /** Unique among the caller's views. */
  name: string;
  /** In the search language; see Search in the reference. Empty for all tickets. */
  query?: string;
  sort?: ViewSort;
  descending?: boolean;
  /** What a client shows of each ticket, in its own words. */
  columns?: string[];
  /** Whether everyone sees it. */
  is_shared?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of views.update. */
export interface ViewsUpdateParams {
  /** The view. */
  id: string;
  /** Unique among the caller's views. */
  name?: string;
  /** In the search language; see Search in the reference. Empty for all tickets. */
  query?: string;
  sort?: ViewSort;
  descending?: boolean;
  /** What a client shows of each ticket, in its own words. */
  columns?: string[];
  /** Whether everyone sees it; only its maker takes that back. */
  is_shared?: boolean;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of views.delete. */
export interface ViewsDeleteParams {
  /** The view. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of views.counts. */
export interface ViewsCountsParams {
  /** Views, at most 20. */
  ids: string[];
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of reports.backlog. */
export interface ReportsBacklogParams {
  /** The first day, 29 days before the last where it is left out; at most 92 days in all. */
  from?: string;
  /** The last day, today where it is left out or still to come. Days are those of the organization's time zone. */
  to?: string;
  /** Tell each day, week (from Monday) or month of the period too. */
  by?: ReportsBacklogBy;
  /** Tell each assignee, tag or priority too, the largest first. What counts is what the ticket has now; one with several tags counts for each. */
  group?: ReportsBacklogGroup;
  /** Only tickets of this agent. */
  assigned_to?: string | TicketsListAssignedTo;
  /** Only tickets of this priority. */
  priority?: TicketPriority;
  /** Only tickets with this tag. */
  tag?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of reports.volume. */
export interface ReportsVolumeParams {
  /** The first day, 29 days before the last where it is left out; at most 92 days in all. */
  from?: string;
  /** The last day, today where it is left out or still to come. Days are those of the organization's time zone. */
  to?: string;
  /** Tell each day, week (from Monday) or month of the period too. */
  by?: ReportsBacklogBy;
  /** Tell each assignee, tag or priority too, the largest first. What counts is what the ticket has now; one with several tags counts for each. */
  group?: ReportsBacklogGroup;
  /** Only tickets of this agent. */
  assigned_to?: string | TicketsListAssignedTo;
  /** Only tickets of this priority. */
  priority?: TicketPriority;
  /** Only tickets with this tag. */
  tag?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of reports.times. */
export interface ReportsTimesParams {
  /** The first day, 29 days before the last where it is left out; at most 92 days in all. */
  from?: string;
  /** The last day, today where it is left out or still to come. Days are those of the organization's time zone. */
  to?: string;
  /** Tell each day, week (from Monday) or month of the period too. */
  by?: ReportsBacklogBy;
  /** Tell each assignee, tag or priority too, the largest first. What counts is what the ticket has now; one with several tags counts for each. */
  group?: ReportsBacklogGroup;
  /** Only tickets of this agent. */
  assigned_to?: string | TicketsListAssignedTo;
  /** Only tickets of this priority. */
  priority?: TicketPriority;
  /** Only tickets with this tag. */
  tag?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of messages.list. */
export interface MessagesListParams {
  /** The ticket. */
  ticket_id: string;
  /** Internal notes as well. */
  include_internal?: boolean;
  /** The newest first. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of messages.create. */
export interface MessagesCreateParams {
  /** The ticket. */
  ticket_id: string;
  /** Plain text, at most 1 MiB. */
  body: string;
  /** Who says it: the caller as agent, the ticket's customer, or the desk itself (system). */
  as?: MessageSenderType;
  /** A note for agents, never a reply; not for what a customer said. */
  is_internal?: boolean;
  /** A machine wrote it, such as an out-of-office reply: it reopens nothing and counts as no reply. */
  is_automatic?: boolean;
  /** The id of the mail, or of the message on another channel; unique in the organization. */
  email_message_id?: string;
  /** The email_message_id of the message it answers, whether known here or not. */
  in_reply_to?: string;
  metadata?: { [name: string]: Json | undefined };
  /** The last message you know. Where a customer or another agent wrote to the ticket since, a reply or a note, that is a conflict; data.details has what you missed. */
  seen_message_id?: string;
  /** The ticket's version you read; another one is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of messages.get. */
export interface MessagesGetParams {
  /** The message. */
  id: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of messages.find. */
export interface MessagesFindParams {
  /** Exactly as it was stored. */
  email_message_id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of messages.set_delivery. */
export interface MessagesSetDeliveryParams {
  /** The message: a reply or a system message. */
  id: string;
  /** What happened. */
  status: MessagesSetDeliveryStatus;
  /** Why it failed; only with failed. */
  error?: string;
  /** The id it was sent under; set once. */
  email_message_id?: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of messages.delete. */
export interface MessagesDeleteParams {
  /** The message. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of messages.restore. */
export interface MessagesRestoreParams {
  /** The message. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of messages.redact. */
export interface MessagesRedactParams {
  /** The message. */
  id: string;
  /** Covered wherever it stands in the body, the metadata or the delivery error, exactly as it is written; this or ranges. */
  text?: string;
  /** Characters of the body, Unicode scalars; this or text. */
  ranges?: MessagesRedactRanges[];
  /** For the history. */
  reason?: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.list. */
export interface MacrosListParams {
  /** A part of the title, whatever its case. */
  text?: string;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of macros.get. */
export interface MacrosGetParams {
  /** The macro. */
  id: string;
  /** What is deleted as well; for admins only. */
  include_deleted?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of macros.create. */
export interface MacrosCreateParams {
  /** Unique in the organization. */
  title: string;
  /** The template; see Templates in the reference. */
  body?: string;
  /** What it does to the ticket; all that it did before is replaced. */
  actions?: MacroActions;
  /** Who sees it: you alone (me), or all. */
  visibility?: MacroVisibility;
  metadata?: { [name: string]: Json | undefined };
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.update. */
export interface MacrosUpdateParams {
  /** The macro. */
  id: string;
  /** Unique in the organization. */
  title?: string;
  /** The template; see Templates in the reference. */
  body?: string | null;
  /** What it does to the ticket; all that it did before is replaced. */
  actions?: MacroActions;
  /** Who sees it: its maker alone (me), or all. Only its maker can make it theirs alone. */
  visibility?: MacroVisibility;
  /** Replaces all that was there. */
  metadata?: { [name: string]: Json | undefined };
  /** Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member; instead of metadata. */
  metadata_patch?: { [name: string]: Json | undefined };
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.delete. */
export interface MacrosDeleteParams {
  /** The macro. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.restore. */
export interface MacrosRestoreParams {
  /** The macro. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.render. */
export interface MacrosRenderParams {
  /** The macro. */
  id: string;
  /** The ticket. */
  ticket_id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of macros.apply. */
export interface MacrosApplyParams {
  /** The macro. */
  id: string;
  /** The ticket. */
  ticket_id: string;
  /** A note for agents instead of a reply. */
  is_internal?: boolean;
  /** The last message you know. Where a customer or another agent wrote to the ticket since, a reply or a note, that is a conflict; data.details has what you missed. */
  seen_message_id?: string;
  /** The ticket's version you read; another one is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of macros.preview. */
export interface MacrosPreviewParams {
  /** The macro. */
  id: string;
  /** The ticket. */
  ticket_id: string;
  /** A note for agents instead of a reply. */
  is_internal?: boolean;
  /** The last message you know. Where a customer or another agent wrote to the ticket since, a reply or a note, that is a conflict; data.details has what you missed. */
  seen_message_id?: string;
  /** The ticket's version you read; another one is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of email_accounts.list. */
export interface EmailAccountsListParams {
  /** Only those in use, or only the others. */
  is_active?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of email_accounts.get. */
export interface EmailAccountsGetParams {
  /** The account. */
  id: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of email_accounts.create. */
export interface EmailAccountsCreateParams {
  /** Unique in the organization, whatever its case. */
  email_address: string;
  /** Where mail is fetched. */
  imap_settings?: EmailAccountsCreateImapSettings;
  /** Where mail is sent. */
  smtp_settings?: EmailAccountsCreateImapSettings;
  is_active?: boolean;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of email_accounts.update. */
export interface EmailAccountsUpdateParams {
  /** The account. */
  id: string;
  email_address?: string;
  /** Replaces them all, but for a password left out: it stays if nothing else changes. Null removes all. */
  imap_settings?: EmailAccountsCreateImapSettings | null;
  /** Replaces them all, but for a password left out: it stays if nothing else changes. Null removes all. */
  smtp_settings?: EmailAccountsCreateImapSettings | null;
  is_active?: boolean;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of email_accounts.delete. */
export interface EmailAccountsDeleteParams {
  /** The account. */
  id: string;
  /** The version that was read; another one now is a conflict. */
  expected_version?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of batch.run. */
export interface BatchRunParams {
  /** Methods that write. With all, none that reads before it writes (macros.apply, a macro's text); where a UUID is wanted, {"$result": 0} stands for the id of what call 0, an earlier one, creates. With each, a call's idempotency_key and dry_run are among its own params. */
  calls: BatchRunCalls[];
  /** One transaction, or one for each call. */
  mode?: BatchRunMode;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
  /** Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. Another call under it is refused with idempotency_mismatch. */
  idempotency_key?: string;
  /** Answers what would be, checked and computed for real; nothing is kept. */
  dry_run?: boolean;
}

/** Parameters of audit.list. */
export interface AuditListParams {
  /** What this agent or customer did. */
  actor_id?: string;
  /** What customers said through this agent, with what came of it. */
  agent_id?: string;
  /** What was done by this method, such as tickets.assign. */
  method?: string;
  /** What was done to this ticket and to all that belongs to it. */
  ticket_id?: string;
  /** What was done to this object. */
  object_id?: string;
  /** When it was done. */
  created_at?: CustomersListCreatedAt;
  /** The latest first. */
  descending?: boolean;
  /** Items at most; a page also ends at 48 KiB. */
  limit?: number;
  /** next_cursor of the page before; only for the same query. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of audit.verify. */
export interface AuditVerifyParams {
  /** The seal to begin with; next of the call before. */
  from?: number;
  /** Seals at most, each of at most 1,000 records. */
  limit?: number;
  /** last of an earlier call. */
  known?: AuditVerifyKnown;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of events.since. */
export interface EventsSinceParams {
  /** The cursor of the page before, or the id of the last event that was seen. */
  cursor?: string;
  /** Where to begin without a cursor: now, which is usual and answers an empty page, or with the first event. */
  from?: EventsSinceFrom;
  /** Only these: kinds of objects (ticket) or types of events (ticket.created). */
  types?: string[];
  /** Only what happened to this ticket and its messages. */
  ticket_id?: string;
  /** Events at most; a page also ends at 48 KiB, and before a transaction that does not fit as a whole. */
  limit?: number;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of events.subscribe. */
export interface EventsSubscribeParams {
  /** Only these: kinds of objects (ticket) or types of events (ticket.created). */
  types?: string[];
  /** Only what happened to this ticket and its messages. */
  ticket_id?: string;
  /** Where to go on: of events.since, of the last events.events or events.lagging, or an event's id; left out, now. */
  cursor?: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of events.unsubscribe. */
export interface EventsUnsubscribeParams {
  /** The handle that events.subscribe answered. */
  subscription: string;
  /** The session that the call is for; left out, the process's default one. */
  session?: string;
  /** A Clerk session token instead of a session; verified for this call. */
  token?: string;
}

/** Parameters of clerk.webhook. */
export interface ClerkWebhookParams {
  /** The request's headers, svix-id, svix-timestamp and svix-signature among them, in any case. */
  headers: { [name: string]: string };
  /** The request's body, exactly: one other byte and its signature is wrong. */
  body: string;
}

/** Parameters of system.ping. */
export interface SystemPingParams {
}

/** Parameters of system.info. */
export interface SystemInfoParams {
}

/** Parameters of rpc.discover. */
export interface RpcDiscoverParams {
}

/** Every method: what it takes and what it answers. */
export interface Methods {
  "session.open": { params: SessionOpenParams; result: Session };
  "session.refresh": { params: SessionRefreshParams; result: Session };
  "session.close": { params: SessionCloseParams; result: SessionCloseResult };
  "session.whoami": { params: SessionWhoamiParams; result: Session };
  "organizations.get": { params: OrganizationsGetParams; result: Organization };
  "organizations.update": { params: OrganizationsUpdateParams; result: Organization };
  "agents.list": { params: AgentsListParams; result: AgentsListResult };
  "agents.get": { params: AgentsGetParams; result: Agent };
  "agents.update": { params: AgentsUpdateParams; result: Agent };
  "agents.set_status": { params: AgentsSetStatusParams; result: Agent };
  "customers.list": { params: CustomersListParams; result: CustomersListResult };
  "customers.get": { params: CustomersGetParams; result: Customer };
  "customers.create": { params: CustomersCreateParams; result: Customer };
  "customers.update": { params: CustomersUpdateParams; result: Customer };
  "customers.upsert": { params: CustomersUpsertParams; result: CustomersUpsertResult };
  "customers.set_fields": { params: CustomersSetFieldsParams; result: Customer };
  "customers.set_fields_many": { params: CustomersSetFieldsManyParams; result: CustomersSetFieldsManyResult };
  "customers.add_identity": { params: CustomersAddIdentityParams; result: Customer };
  "customers.remove_identity": { params: CustomersRemoveIdentityParams; result: Customer };
  "customers.merge": { params: CustomersMergeParams; result: Customer };
  "customers.unmerge": { params: CustomersUnmergeParams; result: Customer };
  "customers.block": { params: CustomersBlockParams; result: Customer };
  "customers.unblock": { params: CustomersUnblockParams; result: Customer };
  "customers.history": { params: CustomersHistoryParams; result: HistoryResult };
  "customers.erase": { params: CustomersEraseParams; result: CustomersEraseResult };
  "customers.export_one": { params: CustomersExportOneParams; result: CustomersExportOneResult };
  "customers.delete": { params: CustomersDeleteParams; result: DeleteResult };
  "customers.restore": { params: CustomersRestoreParams; result: Customer };
  "customers.import": { params: CustomersImportParams; result: CustomersImportResult };
  "customers.export": { params: CustomersExportParams; result: ExportResult };
  "fields.list": { params: FieldsListParams; result: FieldsListResult };
  "fields.create": { params: FieldsCreateParams; result: Field };
  "fields.update": { params: FieldsUpdateParams; result: Field };
  "fields.delete": { params: FieldsDeleteParams; result: DeleteResult };
  "fields.usage": { params: FieldsUsageParams; result: FieldsUsageResult };
  "tickets.list": { params: TicketsListParams; result: TicketsListResult };
  "tickets.get": { params: TicketsGetParams; result: Ticket };
  "tickets.create": { params: TicketsCreateParams; result: Ticket };
  "tickets.update": { params: TicketsUpdateParams; result: Ticket };
  "tickets.assign": { params: TicketsAssignParams; result: Ticket };
  "tickets.set_status": { params: TicketsSetStatusParams; result: Ticket };
  "tickets.merge": { params: TicketsMergeParams; result: Ticket };
  "tickets.unmerge": { params: TicketsUnmergeParams; result: Ticket };
  "tickets.split": { params: TicketsSplitParams; result: Ticket };
  "tickets.claim": { params: TicketsClaimParams; result: Ticket };
  "tickets.snooze": { params: TicketsSnoozeParams; result: Ticket };
  "tickets.unsnooze": { params: TicketsUnsnoozeParams; result: Ticket };
  "tickets.follow": { params: TicketsFollowParams; result: Ticket };
  "tickets.unfollow": { params: TicketsUnfollowParams; result: Ticket };
  "tickets.viewing": { params: TicketsViewingParams; result: TicketsViewingResult };
  "tickets.delete": { params: TicketsDeleteParams; result: DeleteResult };
  "tickets.restore": { params: TicketsRestoreParams; result: Ticket };
  "tickets.count": { params: TicketsCountParams; result: TicketsCountResult };
  "tickets.export": { params: TicketsExportParams; result: ExportResult };
  "tickets.history": { params: TicketsHistoryParams; result: TicketsHistoryResult };
  "tickets.at": { params: TicketsAtParams; result: TicketsAtResult };
  "tickets.diff": { params: TicketsDiffParams; result: TicketsDiffResult };
  "tags.list": { params: TagsListParams; result: TagsListResult };
  "tags.rename": { params: TagsRenameParams; result: Tag };
  "tags.merge": { params: TagsMergeParams; result: Tag };
  "tags.delete": { params: TagsDeleteParams; result: DeleteResult };
  "search": { params: SearchParams; result: SearchResult };
  "views.list": { params: ViewsListParams; result: ViewsListResult };
  "views.get": { params: ViewsGetParams; result: View };
  "views.create": { params: ViewsCreateParams; result: View };
  "views.update": { params: ViewsUpdateParams; result: View };
  "views.delete": { params: ViewsDeleteParams; result: DeleteResult };
  "views.counts": { params: ViewsCountsParams; result: ViewsCountsResult };
  "reports.backlog": { params: ReportsBacklogParams; result: ReportsBacklogResult };
  "reports.volume": { params: ReportsVolumeParams; result: ReportsVolumeResult };
  "reports.times": { params: ReportsTimesParams; result: ReportsTimesResult };
  "messages.list": { params: MessagesListParams; result: MessagesListResult };
  "messages.create": { params: MessagesCreateParams; result: Message };
  "messages.get": { params: MessagesGetParams; result: Message };
  "messages.find": { params: MessagesFindParams; result: Message };
  "messages.set_delivery": { params: MessagesSetDeliveryParams; result: Message };
  "messages.delete": { params: MessagesDeleteParams; result: DeleteResult };
  "messages.restore": { params: MessagesRestoreParams; result: Message };
  "messages.redact": { params: MessagesRedactParams; result: Message };
  "macros.list": { params: MacrosListParams; result: MacrosListResult };
  "macros.get": { params: MacrosGetParams; result: Macro };
  "macros.create": { params: MacrosCreateParams; result: Macro };
  "macros.update": { params: MacrosUpdateParams; result: Macro };
  "macros.delete": { params: MacrosDeleteParams; result: DeleteResult };
  "macros.restore": { params: MacrosRestoreParams; result: Macro };
  "macros.render": { params: MacrosRenderParams; result: MacrosRenderResult };
  "macros.apply": { params: MacrosApplyParams; result: Macro2 };
  "macros.preview": { params: MacrosPreviewParams; result: Macro2 };
  "email_accounts.list": { params: EmailAccountsListParams; result: EmailAccountsListResult };
  "email_accounts.get": { params: EmailAccountsGetParams; result: EmailAccount };
  "email_accounts.create": { params: EmailAccountsCreateParams; result: EmailAccount };
  "email_accounts.update": { params: EmailAccountsUpdateParams; result: EmailAccount };
  "email_accounts.delete": { params: EmailAccountsDeleteParams; result: DeleteResult };
  "batch.run": { params: BatchRunParams; result: BatchRunResult };
  "audit.list": { params: AuditListParams; result: HistoryResult };
  "audit.verify": { params: AuditVerifyParams; result: AuditVerifyResult };
  "events.since": { params: EventsSinceParams; result: EventsSinceResult };
  "events.subscribe": { params: EventsSubscribeParams; result: EventsSubscribeResult };
  "events.unsubscribe": { params: EventsUnsubscribeParams; result: EventsUnsubscribeResult };
  "clerk.webhook": { params: ClerkWebhookParams; result: ClerkWebhookResult };
  "system.ping": { params: SystemPingParams; result: SystemPingResult };
  "system.info": { params: SystemInfoParams; result: SystemInfoResult };
  "rpc.discover": { params: RpcDiscoverParams; result: RpcDiscoverResult };
}

/** What a client has to know of a method to call it well. */
export interface MethodFacts {
  /** What a call may do to the desk, at worst. */
  readonly effect: "read" | "internal" | "customer-visible" | "destructive";
  /** Whether it takes an idempotency_key. */
  readonly keyed: boolean;
  /** Whether it answers pages. */
  readonly pages: boolean;
  /** Whether it takes a session. */
  readonly sessions: boolean;
  /** Whether what it reads comes in notifications ahead of its answer. */
  readonly parts: boolean;
}

export type MethodTable = { readonly [Name in keyof Methods]: MethodFacts };

/** Every notification of the server: what it says. */
export interface Notifications {
  "session.expiring": SessionExpiringParams;
  "events.events": EventsEventsParams;
  "events.lagging": EventsLaggingParams;
  "export.part": ExportPartParams;
}

/** The methods as functions, by namespace; `Options` is what a client takes beside parameters. */
export interface Namespaces<Options> {
  readonly session: {
    /** Verifies a Clerk session token and opens a session, which later calls name in params.session. */
    open(params: SessionOpenParams, options?: Options): Promise<Session>;
    /** Gives a session a newer token of the same user and organization, before or after it expired. */
    refresh(params: SessionRefreshParams, options?: Options): Promise<Session>;
    /** Forgets a session; calls that name it afterwards are refused. */
    close(params?: SessionCloseParams, options?: Options): Promise<SessionCloseResult>;
    /** Tells whom the session acts for, in which organization and until when. */
    whoami(params?: SessionWhoamiParams, options?: Options): Promise<Session>;
  };
  readonly organizations: {
    /** The organization that the session acts in. */
    get(params?: OrganizationsGetParams, options?: Options): Promise<Organization>;
    /** Changes the organization; what is left out stays. */
    update(params?: OrganizationsUpdateParams, options?: Options): Promise<Organization>;
  };
  readonly agents: {
    /** A page of the organization's agents by name. */
    list(params?: AgentsListParams, options?: Options): Promise<AgentsListResult>;
    /** Every item of agents.list, page after page. */
    list_all(params?: AgentsListParams, options?: Options): AsyncIterableIterator<Agent>;
    /** One agent's profile. */
    get(params: AgentsGetParams, options?: Options): Promise<Agent>;
    /** Changes a profile, an agent their own, an admin anyone's; what is left out stays. */
    update(params: AgentsUpdateParams, options?: Options): Promise<Agent>;
    /** Says whether an agent is there, an agent of themselves, an admin of anyone. */
    set_status(params: AgentsSetStatusParams, options?: Options): Promise<Agent>;
  };
  readonly customers: {
    /** A page of customers, filtered and sorted; without those who were merged into another one or erased. */
    list(params?: CustomersListParams, options?: Options): Promise<CustomersListResult>;
    /** Every item of customers.list, page after page. */
    list_all(params?: CustomersListParams, options?: Options): AsyncIterableIterator<CustomerRow>;
    /** One customer with the values of their fields. */
    get(params: CustomersGetParams, options?: Options): Promise<Customer>;
    /** A new customer, with a name or an address or both, and with every required field. */
    create(params?: CustomersCreateParams, options?: Options): Promise<Customer>;
    /** Changes a customer, all at once or not at all; what is left out stays. */
    update(params: CustomersUpdateParams, options?: Options): Promise<Customer>;
    /** The customer with that address or any of those identities, made or changed as given, all at once or not at all, and given those of them that they lack. Two calls at once make one customer. */
    upsert(params?: CustomersUpsertParams, options?: Options): Promise<CustomersUpsertResult>;
    /** Sets values of a customer's fields; those not named stay, null removes one. Afterwards every required field must have a value. */
    set_fields(params: CustomersSetFieldsParams, options?: Options): Promise<Customer>;
    /** Sets values of the fields of up to 100 customers in one transaction, all or nothing: those not named stay, null removes one. An error points at the customer that it is about. Answers what each has afterwards, in the order of the call. */
    set_fields_many(params: CustomersSetFieldsManyParams, options?: Options): Promise<CustomersSetFieldsManyResult>;
    /** Gives a customer one more address, id in another system or handle in a chat, of at most 50; whoever is looked for by it is this customer from then on. One that they have already changes nothing; the first address of who has none becomes their email. */
    add_identity(params: CustomersAddIdentityParams, options?: Options): Promise<Customer>;
    /** Takes an address, id or handle from a customer; another one may have it then. The address that is their email is changed by customers.update instead. */
    remove_identity(params: CustomersRemoveIdentityParams, options?: Options): Promise<Customer>;
    /** Merges customers who are the same person into one: their tickets, messages and identities move there, values of fields where the target has none; name, metadata and a block stay each one's own. Who was merged is no longer listed, points at the target (merged_into), and what comes to them later comes there, too. customers.unmerge undoes it within 30 days. */
    merge(params: CustomersMergeParams, options?: Options): Promise<Customer>;
    /** Undoes a merge within 30 days: the tickets, messages and identities that came with the customer go back to them, and tickets and messages that were for them since; the target loses the values that it got from them, but not those that were changed since. New tickets that came by one of their identities stay with the target. */
    unmerge(params: CustomersUnmergeParams, options?: Options): Promise<Customer>;
    /** Blocks a customer: from then on messages of theirs are refused with blocked, on tickets that are there and on new ones, so that nothing reopens and nobody is disturbed; a bridge may drop or keep what it has. Agents can still write to them. */
    block(params: CustomersBlockParams, options?: Options): Promise<Customer>;
    /** Takes what a customer says again. What was refused meanwhile is not kept anywhere. */
    unblock(params: CustomersUnblockParams, options?: Options): Promise<Customer>;
    /** A page of what was done to a customer, the latest first: who, when, by which method, what, from and to; values of fields and identities too. Who was merged into them has a history of their own. */
    history(params: CustomersHistoryParams, options?: Options): Promise<HistoryResult>;
    /** Every item of customers.history, page after page. */
    history_all(params: CustomersHistoryParams, options?: Options): AsyncIterableIterator<Audit>;
    /** Takes out for good, in rows, history, search and answers kept for idempotency keys, what a customer and whoever was merged into them is: names, identities, metadata, values, reasons of a block; the text of what they wrote, on whatever ticket; subjects and metadata of their tickets, and such a subject on what was split off or followed them up. What others wrote on their tickets stays, wherever a merge or a split has put it, but for their names and identities of two characters or more, which are covered with ▇, in capitals or not, there and in saved views; in scripts without spaces between words wherever they stand. What stays: ids, numbers, tags, statuses and times of tickets and messages; message ids of mail, so that none comes in again; seals and digests of the history with a record of this. On tickets of others, what others say of them stays as well, and nothing is done about copies outside, such as backups. Nobody can undo it; a deleted customer is restored first. */
    erase(params: CustomersEraseParams, options?: Options): Promise<CustomersEraseResult>;
    /** Everything about one person in one answer, for whoever asks what is kept of them: the customer and whoever was merged into them, with identities and values; their tickets with all messages, notes and deleted ones included; what they wrote on tickets of others; their history. At most 16 MiB of messages. */
    export_one(params: CustomersExportOneParams, options?: Options): Promise<CustomersExportOneResult>;
    /** Deletes a customer with their tickets: they show nowhere, until customers.restore or for good after the days that the organization keeps what is deleted. Their address stays taken until then. Refused while tickets of other customers are merged into theirs (`data.details.ticket_ids`): those would go along; unmerge them first. */
    delete(params: CustomersDeleteParams, options?: Options): Promise<DeleteResult>;
    /** Brings a deleted customer back, with the tickets that their deletion took and no others. Refused while one of those is merged into a ticket of a customer who is deleted (`data.details.customer_ids`). */
    restore(params: CustomersRestoreParams, options?: Options): Promise<Customer>;
    /** One part of an import: up to 5000 customers in one transaction, each checked by itself. What is wrong with a row is among the errors and keeps no other out. Under an idempotency_key a part that is sent again is not taken again. */
    import(params: CustomersImportParams, options?: Options): Promise<CustomersImportResult>;
    /** All customers with the values of their fields, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last. */
    export(params?: CustomersExportParams, options?: Options): Promise<ExportResult>;
  };
  readonly fields: {
    /** The fields that the organization keeps about its customers, by position. */
    list(params?: FieldsListParams, options?: Options): Promise<FieldsListResult>;
    /** Every item of fields.list, page after page. */
    list_all(params?: FieldsListParams, options?: Options): AsyncIterableIterator<Field>;
    /** A new field; an organization has at most 200. */
    create(params: FieldsCreateParams, options?: Options): Promise<Field>;
    /** Changes a field; what is left out stays. No value is lost: while customers have values of it, its type cannot change, and an option that one has can be retired, but not removed; a new pattern or range is for values that are set from then on. */
    update(params: FieldsUpdateParams, options?: Options): Promise<Field>;
    /** Deletes a field. Macros that name it can no longer be rendered. */
    delete(params: FieldsDeleteParams, options?: Options): Promise<DeleteResult>;
    /** How many customers have a value of a field, and each of its options, retired ones too. Who is deleted or merged into another keeps their values and is counted. */
    usage(params: FieldsUsageParams, options?: Options): Promise<FieldsUsageResult>;
  };
  readonly tickets: {
    /** A page of tickets, filtered and sorted. */
    list(params?: TicketsListParams, options?: Options): Promise<TicketsListResult>;
    /** Every item of tickets.list, page after page. */
    list_all(params?: TicketsListParams, options?: Options): AsyncIterableIterator<TicketRow>;
    /** One ticket with its customer, assignee, followers, message count and last message. */
    get(params?: TicketsGetParams, options?: Options): Promise<Ticket>;
    /** A new ticket, with its customer found or made by any of their identities and its first message if these are given, all at once or not at all. A customer who exists already is left as they are; customers.upsert changes them. */
    create(params: TicketsCreateParams, options?: Options): Promise<Ticket>;
    /** Changes a ticket's subject, priority, tags or metadata; what is left out stays. */
    update(params: TicketsUpdateParams, options?: Options): Promise<Ticket>;
    /** Gives a ticket to an agent or to nobody. With expected it is a claim: it changes hands only where it still is in the hands it was seen in. A solved ticket has somebody. */
    assign(params: TicketsAssignParams, options?: Options): Promise<Ticket>;
    /** Opens, parks (pending), solves or closes a ticket. Who solves one that nobody has, has it; a closed one stays closed. */
    set_status(params: TicketsSetStatusParams, options?: Options): Promise<Ticket>;
    /** Merges other tickets into one: their messages move there and stand by time, they are closed and point at it (merged_into), and what is written to them later arrives there, too. Internal notes on all of them say so. The customer stays the target's; every message keeps its sender. A target that is solved or asleep is opened where somebody waits in what it takes in. Other changes of a merged ticket are refused, with merged_into. tickets.unmerge undoes it. */
    merge(params: TicketsMergeParams, options?: Options): Promise<Ticket>;
    /** Undoes a merge: the messages that came with the ticket, and those written to it since, go back to it; what was split off stays where it was put. Tags and followers that the merge alone brought leave, but for what somebody gave the target since. Status and assignee are again what they were, but open where the customer wrote since; a ticket that was closed is reopened or followed up, as what its customer writes to any closed one. */
    unmerge(params: TicketsUnmergeParams, options?: Options): Promise<Ticket>;
    /** Moves a message and everything said later to a new ticket, which names where it comes from (split_from). It is open, has priority and assignee of the other, and belongs to the customer who wrote the message, or to the same. Internal notes on both say so. Answers the new ticket. */
    split(params: TicketsSplitParams, options?: Options): Promise<Ticket>;
    /** Gives a ticket that nobody has to the caller. Who has it already keeps it; where somebody else has it, that is a conflict, and data.details says who. */
    claim(params: TicketsClaimParams, options?: Options): Promise<Ticket>;
    /** Puts an open or pending ticket to sleep until a time. It wakes then, when its customer writes, or when it is solved; its status stays what it is. */
    snooze(params: TicketsSnoozeParams, options?: Options): Promise<Ticket>;
    /** Wakes a ticket; one that is awake stays so. */
    unsnooze(params: TicketsUnsnoozeParams, options?: Options): Promise<Ticket>;
    /** Makes the caller, or a colleague, a follower of a ticket; at most 100 follow one. A ticket's version does not count its followers. */
    follow(params: TicketsFollowParams, options?: Options): Promise<Ticket>;
    /** Ends the caller's, or a colleague's, following of a ticket; who does not follow it goes on not to. */
    unfollow(params: TicketsUnfollowParams, options?: Options): Promise<Ticket>;
    /** Tells the others that the caller reads a ticket, or writes on it, for the next 60 seconds; say it again before. Answers who else is there. It changes nothing about the ticket and is kept in no history. */
    viewing(params: TicketsViewingParams, options?: Options): Promise<TicketsViewingResult>;
    /** Deletes a ticket with its messages: they show nowhere, until tickets.restore or for good after the days that the organization keeps what is deleted. */
    delete(params: TicketsDeleteParams, options?: Options): Promise<DeleteResult>;
    /** Brings a deleted ticket back as it was; one that went with its customer comes back with them only. */
    restore(params: TicketsRestoreParams, options?: Options): Promise<Ticket>;
    /** How many tickets there are, by status and by assignee, counted one by one. */
    count(params?: TicketsCountParams, options?: Options): Promise<TicketsCountResult>;
    /** All tickets as tickets.get shows them, without their messages, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last. */
    export(params?: TicketsExportParams, options?: Options): Promise<ExportResult>;
    /** A page of what was done to a ticket and its messages, the latest first: who, when, by which method, what, from and to; and how long each status lasted. */
    history(params: TicketsHistoryParams, options?: Options): Promise<TicketsHistoryResult>;
    /** Every item of tickets.history, page after page. */
    history_all(params: TicketsHistoryParams, options?: Options): AsyncIterableIterator<TicketsHistoryResultItems>;
    /** A ticket as it was at an instant, with its messages of then counted and the last of them. */
    at(params: TicketsAtParams, options?: Options): Promise<TicketsAtResult>;
    /** What is different in a ticket between two of its versions or two instants. */
    diff(params: TicketsDiffParams, options?: Options): Promise<TicketsDiffResult>;
  };
  readonly tags: {
    /** A page of the organization's tags by name, each with how many tickets have it. */
    list(params?: TagsListParams, options?: Options): Promise<TagsListResult>;
    /** Every item of tags.list, page after page. */
    list_all(params?: TagsListParams, options?: Options): AsyncIterableIterator<Tag>;
    /** Gives a tag another name, on all of its tickets. Where that name is taken, tags.merge makes one of both. */
    rename(params: TagsRenameParams, options?: Options): Promise<Tag>;
    /** Makes one tag of two: every ticket of the first gets the second, and the first is gone. */
    merge(params: TagsMergeParams, options?: Options): Promise<Tag>;
    /** Deletes a tag, off all of its tickets as well. */
    delete(params: TagsDeleteParams, options?: Options): Promise<DeleteResult>;
  };
  readonly search: {
    /** Tickets by words and qualifiers, ranked, with the text around what was found; see Search in the reference. It ranks at most 1,000 tickets, of a common word those written last. */
    query(params?: SearchParams, options?: Options): Promise<SearchResult>;
    /** Every item of search, page after page. */
    query_all(params?: SearchParams, options?: Options): AsyncIterableIterator<SearchResultItems>;
  };
  readonly views: {
    /** The caller's own views and those that are shared, by name. */
    list(params?: ViewsListParams, options?: Options): Promise<ViewsListResult>;
    /** Every item of views.list, page after page. */
    list_all(params?: ViewsListParams, options?: Options): AsyncIterableIterator<View>;
    /** One view. */
    get(params: ViewsGetParams, options?: Options): Promise<View>;
    /** A new view of the caller's, their own or shared with everyone. */
    create(params: ViewsCreateParams, options?: Options): Promise<View>;
    /** Changes a view; what is left out stays. Of others' views only shared ones, and only for an admin. */
    update(params: ViewsUpdateParams, options?: Options): Promise<View>;
    /** Deletes a view, not its tickets. Of others' views only shared ones, and only for an admin. */
    delete(params: ViewsDeleteParams, options?: Options): Promise<DeleteResult>;
    /** How many tickets each of several views has, all of one moment; each counted up to a limit. */
    counts(params: ViewsCountsParams, options?: Options): Promise<ViewsCountsResult>;
  };
  readonly reports: {
    /** How many tickets were unsolved at the end of a period and of its parts. */
    backlog(params?: ReportsBacklogParams, options?: Options): Promise<ReportsBacklogResult>;
    /** How many tickets were created, solved and reopened in a period, and how much of what was solved came back. */
    volume(params?: ReportsVolumeParams, options?: Options): Promise<ReportsVolumeResult>;
    /** How long first responses and resolutions took, by the clock and within business hours: the median and what nine in ten did not exceed, in seconds. */
    times(params?: ReportsTimesParams, options?: Options): Promise<ReportsTimesResult>;
  };
  readonly messages: {
    /** A page of a ticket's messages by creation, the oldest first; long bodies are cut. */
    list(params: MessagesListParams, options?: Options): Promise<MessagesListResult>;
    /** Every item of messages.list, page after page. */
    list_all(params: MessagesListParams, options?: Options): AsyncIterableIterator<MessageRow>;
    /** A message on a ticket: a reply of the caller, an internal note, what the customer said, or a system message. What a customer said reopens the ticket; that of a blocked one is refused. A closed ticket takes no message but its customer's, which lands, by the organization's reopen_days, on the reopened ticket or on a follow-up: ticket_id of the result says where. deskpipe sends nothing by itself. */
    create(params: MessagesCreateParams, options?: Options): Promise<Message>;
    /** One message with its whole body. */
    get(params: MessagesGetParams, options?: Options): Promise<Message>;
    /** The message that has an email message id, with its whole body. */
    find(params: MessagesFindParams, options?: Options): Promise<Message>;
    /** Writes down what became of a message that a bridge sends; deskpipe itself sends nothing. A report never goes back from delivered or sent to an earlier state, while a failure may come at any time and be tried again. */
    set_delivery(params: MessagesSetDeliveryParams, options?: Options): Promise<Message>;
    /** Deletes a message: it shows nowhere and counts for nothing, until messages.restore or for good after the days that the organization keeps what is deleted. Its email_message_id stays known, so that no mail comes in again. */
    delete(params: MessagesDeleteParams, options?: Options): Promise<DeleteResult>;
    /** Brings a deleted message back to its place in its ticket. */
    restore(params: MessagesRestoreParams, options?: Options): Promise<Message>;
    /** Covers a part of a message with ▇ for good: in the message, in what is searched, in its history, which keeps digests and a record of it, and in answers kept for idempotency keys. What is deleted, or on a deleted ticket, is redacted too. Nobody can undo it. */
    redact(params: MessagesRedactParams, options?: Options): Promise<Message>;
  };
  readonly macros: {
    /** A page of macros by title. */
    list(params?: MacrosListParams, options?: Options): Promise<MacrosListResult>;
    /** Every item of macros.list, page after page. */
    list_all(params?: MacrosListParams, options?: Options): AsyncIterableIterator<MacroRow>;
    /** One macro with its whole template. */
    get(params: MacrosGetParams, options?: Options): Promise<Macro>;
    /** A new macro: a text, actions, or both. Its template is checked against the organization's fields. */
    create(params: MacrosCreateParams, options?: Options): Promise<Macro>;
    /** Changes a macro; what is left out stays. */
    update(params: MacrosUpdateParams, options?: Options): Promise<Macro>;
    /** Deletes a macro, until macros.restore or for good after the days that the organization keeps what is deleted; what was written with it stays. Its title stays taken until then. */
    delete(params: MacrosDeleteParams, options?: Options): Promise<DeleteResult>;
    /** Brings a deleted macro back. */
    restore(params: MacrosRestoreParams, options?: Options): Promise<Macro>;
    /** A macro's text for a ticket, with the caller as the agent; nothing is written. */
    render(params: MacrosRenderParams, options?: Options): Promise<MacrosRenderResult>;
    /** Applies a macro to a ticket, all of it or nothing: writes its text there as the caller's reply or note, and does its actions with the caller's rights. An action that cannot be done is named in data.details. */
    apply(params: MacrosApplyParams, options?: Options): Promise<Macro2>;
    /** What macros.apply would answer: the whole ticket and the message as they would be. It runs for real, with every check, and is rolled back; nothing is kept. */
    preview(params: MacrosPreviewParams, options?: Options): Promise<Macro2>;
  };
  readonly email_accounts: {
    /** A page of email accounts by address, without their passwords. */
    list(params?: EmailAccountsListParams, options?: Options): Promise<EmailAccountsListResult>;
    /** Every item of email_accounts.list, page after page. */
    list_all(params?: EmailAccountsListParams, options?: Options): AsyncIterableIterator<EmailAccount>;
    /** One email account, without its passwords. */
    get(params: EmailAccountsGetParams, options?: Options): Promise<EmailAccount>;
    /** A new email account; deskpipe itself fetches and sends nothing yet. */
    create(params: EmailAccountsCreateParams, options?: Options): Promise<EmailAccount>;
    /** Changes an email account; what is left out stays. */
    update(params: EmailAccountsUpdateParams, options?: Options): Promise<EmailAccount>;
    /** Deletes an email account with its passwords. */
    delete(params: EmailAccountsDeleteParams, options?: Options): Promise<DeleteResult>;
  };
  readonly batch: {
    /** Up to 100 writes at once: with the mode all as one transaction, all or nothing, in their order; with each, every one by itself and side by side. Of a batch that fails, data.call tells which call did. */
    run(params: BatchRunParams, options?: Options): Promise<BatchRunResult>;
  };
  readonly audit: {
    /** A page of everything that was changed in the organization, the latest first. */
    list(params?: AuditListParams, options?: Options): Promise<HistoryResult>;
    /** Every item of audit.list, page after page. */
    list_all(params?: AuditListParams, options?: Options): AsyncIterableIterator<Audit>;
    /** Compares the history with its seals: tells records that were changed, removed or added, and seals that were, from members that were taken out as the history says. Keep last: with it as known, the next call notices when the end was cut off. */
    verify(params?: AuditVerifyParams, options?: Options): Promise<AuditVerifyResult>;
  };
  readonly events: {
    /** What happened to everything the caller may see, behind a cursor: complete, each event once, in the order of their transactions, the events of one transaction together. */
    since(params?: EventsSinceParams, options?: Options): Promise<EventsSinceResult>;
    /** Has events sent as they happen, in the notification events.events: what events.since would answer behind the cursor. Ends with events.unsubscribe, with its session, when the call is cancelled, or by events.lagging. */
    subscribe(params?: EventsSubscribeParams, options?: Options): Promise<EventsSubscribeResult>;
    /** Ends a subscription of this session; nothing more is sent for it once this is answered. */
    unsubscribe(params: EventsUnsubscribeParams, options?: Options): Promise<EventsUnsubscribeResult>;
  };
  readonly clerk: {
    /** Takes a webhook of Clerk's as it came in and follows it: organizations and agents are made, renamed, given roles, deactivated and reactivated. Whoever receives webhooks passes them on here; the signature is verified first. */
    webhook(params: ClerkWebhookParams, options?: Options): Promise<ClerkWebhookResult>;
  };
  readonly system: {
    /** Answers at once, whatever else is running. */
    ping(params?: SystemPingParams, options?: Options): Promise<SystemPingResult>;
    /** The versions of the service, its schema and its server, and the limits it keeps to. */
    info(params?: SystemInfoParams, options?: Options): Promise<SystemInfoResult>;
  };
  readonly rpc: {
    /** The OpenRPC document of this service: methods, schemas, errors and examples. */
    discover(params?: RpcDiscoverParams, options?: Options): Promise<RpcDiscoverResult>;
  };
}
