-- The demo desk, second part: what people write about. A story is told in steps, each in several wordings; "answers"
-- says which reply, and what follows it, fits each of the three openings. {first}, {agent}, {model}, {order}, {city},
-- {company}, {days} and {amount} are filled in for each ticket.

create temporary table demo_story on commit drop as
select s.organization, s.priority::public.ticket_priority, s.answers, s.subjects, s.openings, s.replies, s.followups,
       s.resolutions, s.notes,
       row_number() over (partition by s.organization) - 1 as number
  from jsonb_to_recordset($stories$[
{"organization": "moorland", "priority": "urgent",
 "answers": [1, 2, 1], "subjects": ["Front brake has no bite on my {model}", "Brake lever goes all the way to the bar", "Is it safe to ride? Front brake"],
 "openings": [
  "Hi, since yesterday the front brake lever on my {model} goes right to the handlebar before anything happens. I live on a hill, so I stopped riding it. What should I do?",
  "Hello, I picked up my {model} (order {order}) {days} days ago and the front brake was fine. This morning there was almost no power. No oil on the rotor that I can see.",
  "The front brake squeals and then just fades on long descents around {city}. The pads look half worn. I take my daughter to school on this bike so I'd like it sorted quickly please."],
 "replies": [
  "Hello {first}, thank you for not riding it. This sounds like air in the line. Please leave the bike where it is; is there a day this week when our mechanic can come to {city}?",
  "Hello {first}, please don't ride it for now. Could you squeeze the lever hard for ten seconds and tell me whether it slowly sinks? That tells us whether the line leaks or only needs bleeding."],
 "followups": [
  "It does sink slowly, yes. Thursday after 3 pm would work for me.",
  "Any day but Wednesday. I had another look and there is a bit of fluid where the hose meets the lever."],
 "resolutions": [
  "The mechanic replaced the hose and bled the brake today, free of charge under your warranty. It was tested on the hill behind your house. Ride safely, {first}!",
  "A new lever has been fitted and the batch is being checked here. Nothing to pay. Please write if it feels soft again, however slightly."],
 "notes": ["Same lever batch as last month's two reports. Told the workshop to keep the old part.", "Customer carries a child on this bike: treat as safety issue, mobile mechanic booked."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Where is order {order}?", "Delivery of my panniers", "Tracking number is not known"],
 "openings": [
  "Good morning, order {order} was meant to arrive {days} days ago. The tracking page still says \"handed to carrier\". Could you check?",
  "Hi there, I ordered panniers for the {model} and got a dispatch email, but nothing since. We leave for a tour on the 1st, so I'm getting a bit nervous.",
  "The tracking number you sent isn't known to the carrier at all. Order {order}, going to {city}."],
 "replies": [
  "Hello {first}, I'm sorry about the wait. The carrier lost the scan at the depot, so I have opened a trace. You will hear from me by tomorrow evening at the latest.",
  "Hello {first}, I found it: the label was damaged and the parcel is at the depot near {city}. It goes out again tomorrow. Is somebody at home between 9 and 1?"],
 "followups": ["Thanks for looking into it. Yes, my neighbour at number 12 can take it too.", "Still nothing today I'm afraid. Can you send another set?"],
 "resolutions": ["The parcel was signed for this morning. Thank you for your patience, {first}.", "I sent a second set by express; it arrives tomorrow. If the first one turns up, just refuse it at the door."],
 "notes": ["Third trace with this carrier this month. Raise at Monday's meeting."]},

{"organization": "moorland", "priority": "high",
 "answers": [1, 2, 1], "subjects": ["{model} switches off on climbs", "Motor cuts out with error E07", "Motor stops helping when warm"],
 "openings": [
  "My {model} loses assistance after about ten minutes uphill. The display flashes E07 and then everything goes dark. After a restart it works again for a while.",
  "Error E07 again today, third time this week, always on the same climb out of {city}. Battery showed 70 %.",
  "Hello, the motor stops helping when it gets warm. It's {days} days old. Is there an update or do I need to bring it in?"],
 "replies": [
  "Hello {first}, E07 means that the motor thinks it is too hot. Which firmware does the display show under Settings, About? Version 2.3 had a sensor fault that 2.4 corrects.",
  "Hello {first}, that shouldn't happen at 70 %. Please take a photo of the plug at the battery; if one pin is darker than the others we'll send a new cradle at once."],
 "followups": ["It says 2.3.1. How do I update it?", "Photo attached. The second pin from the left does look brown to me."],
 "resolutions": [
  "Great that the update went through. 2.4 keeps the motor at full power up to the temperature it was built for. Please write if E07 ever comes back.",
  "The new cradle is on its way with a short guide; it is two screws. Please send the old one back in the same box, the label is inside."],
 "notes": ["Firmware 2.3.1, known sensor fault, internal ref FW-118.", "Brown pin = loose crimp. Collect cradle for the supplier claim."]},

{"organization": "moorland", "priority": "low",
 "answers": [2, 1, 1], "subjects": ["Winter tyres for my {model}", "Which tyres fit the {model}?", "Tyre question"],
 "openings": [
  "Hi, I'd like studded tyres for the winter. What is the widest that fits the {model} with mudguards on?",
  "Quick question: can I put 50 mm tyres on my {model}? The ones on it say 47.",
  "Could you recommend a puncture proof tyre for the {model}? I ride 20 km a day on gravel around {city}."],
 "replies": [
  "Hello {first}, 50 mm fits with the mudguards on, 55 mm without. For gravel we like a tyre with a belt under the tread; the shop page for your bike lists three that our mechanics use themselves.",
  "Hello {first}, studded tyres up to 47 mm are fine. Run them at 3 bar and expect to lose a tenth of your range. Shall I reserve a pair for you?"],
 "followups": ["Perfect, please reserve a pair.", "Great, thank you. And the inner tubes, do I need others?"],
 "resolutions": ["A pair is reserved under your name until Saturday week.", "Your tubes are good for 40 to 55 mm, so you can keep them. Have a good winter, {first}!"],
 "notes": ["Add the tyre widths to the product page; fourth question this quarter."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Return of a rain cover, order {order}", "Wrong size, can I exchange?", "I'd like to send the front rack back"],
 "openings": [
  "Hello, the rain cover from order {order} is too small for the child seat. It is unused. How do I return it?",
  "I ordered the small frame and should have listened to your size guide. The {model} has done two rides of 5 km. Is an exchange for the medium possible?",
  "Hi, I would like to return the front rack. It fits but I can't get it past my door. All parts and the box are there."],
 "replies": [
  "Hello {first}, of course. I have attached a return label; drop the parcel at any shop of the carrier. The money is back three days after it reaches us.",
  "Hello {first}, an exchange is fine within 30 days. Our driver brings the new one and takes yours along. Would next Tuesday suit you?"],
 "followups": ["Dropped it off today, here is the receipt number: RT{days}8812.", "Tuesday is good, after lunch if possible."],
 "resolutions": ["It has arrived, and {amount} pounds are on their way to your card.", "Swapped today, as your message says. Enjoy the right size, {first}!"],
 "notes": ["Box slightly dented, contents as new. Back to stock."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Invoice with my employer's name", "I can't find my invoice", "Address on invoice {order}"],
 "openings": [
  "Could you send me the invoice for {order} with my employer's name on it? It's for the cycle to work scheme and they are strict about the wording.",
  "Hi, I can't find the invoice for my {model} in my mail. The insurance asks for it.",
  "The invoice shows the address we moved away from. Can it be changed to the one in {city}?"],
 "replies": [
  "Hello {first}, no problem. Please tell me the exact name and address as it should appear.",
  "Hello {first}, here it is as a PDF. The frame number is on the second page, that's what insurers usually look for."],
 "followups": ["Calder Valley Trust, 4 Market Street, Hebden Bridge HX7 6EU. Thank you!", "Received, but the second page is blank for me."],
 "resolutions": ["The corrected invoice is attached; the old one is void.", "I've printed it afresh and attached it again. All pages are there now."],
 "notes": ["Scheme wants \"cycle and safety equipment\" on one line."]},

{"organization": "moorland", "priority": "high",
 "answers": [1, 2, 2], "subjects": ["{model} battery stuck at 40 %", "Battery does not charge any more", "Second battery is dead"],
 "openings": [
  "The battery of my {model} hasn't charged above 40 % since the weekend. I tried two sockets. The charger's light is red and stays red.",
  "Hello, the charger gets warm and clicks, but the battery doesn't charge. It was stored in the garage over the cold weeks.",
  "My second battery is dead out of the box. Order {order}. The first one charges normally with the same charger."],
 "replies": [
  "Hello {first}, please bring the battery indoors and let it reach room temperature for four hours, then try once more. Below 5 degrees it refuses to charge to protect its cells.",
  "Hello {first}, could you press the button on the battery for ten seconds and count the blinks? Three mean that it is asleep and we can wake it, five mean that we'll replace it."],
 "followups": ["That helped for one charge, now it's red again.", "Five blinks. What happens now?"],
 "resolutions": [
  "A new battery is on its way and a courier collects the old one; batteries may not go by ordinary post. You have nothing to pay.",
  "Good to hear. We suggest keeping it indoors until spring. I've added a note to your bike's service record."],
 "notes": ["Serial within the recall range? Checked: no, two weeks later.", "Cells at 2.9 V according to the log; replace, do not repair."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 1, 2], "subjects": ["First inspection of my {model}", "Service is due, is it included?", "Service at home in {city}?"],
 "openings": [
  "Hi, my {model} has 1,200 km on it. Do you have a slot for the first inspection near {city}?",
  "Hello, the app says that a service is due. I have the plus plan; is that included?",
  "Is it possible to have the inspection done at home? I can't carry the bike down from the third floor at the moment."],
 "replies": [
  "Hello {first}, our van is in {city} on Tuesdays and Fridays. The inspection takes an hour and is part of your care plan. Which day is better for you?",
  "Hello {first}, of course we come to you. Please keep the charger at hand, the mechanic reads the battery as well."],
 "followups": ["Friday morning please.", "Thank you, that's a relief. Next week is fine."],
 "resolutions": ["Booked for Friday at 9:30. You'll get a message when the van is half an hour away.", "All done today: chain and pads replaced, firmware updated. See you in a year or 2,000 km."],
 "notes": ["Third floor, no lift. Send two people."]},

{"organization": "moorland", "priority": "low",
 "answers": [1, 2, 1], "subjects": ["Thank you!", "Lovely service", "A note for Tom in the workshop"],
 "openings": [
  "Just wanted to say that the {model} has replaced our second car. {days} days and not one regret. Please pass this on to the people who built it.",
  "Hello, your mechanic stayed until seven to get my bike ready for our holiday. That was above and beyond.",
  "No problem for once! I only wanted to say that the new saddle is a joy."],
 "replies": ["Hello {first}, you made our morning; it's on the board in the workshop now. Thank you for writing!", "Hello {first}, I've passed it on, there were proud faces. Have a wonderful trip."],
 "followups": ["You deserve it.", "Thanks, we will. Photos to follow!"],
 "resolutions": ["Closing this with a smile. All the best from everyone here."],
 "notes": ["May we quote this on the website? Ask after the holidays."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["App doesn't find my bike on the new phone", "Pairing code for a second hand bike", "App shows no bikes"],
 "openings": [
  "I have a new phone and the app can't find the {model} any more. Bluetooth is on and I stand right next to it.",
  "The app asks for a pairing code that I don't have. Bought second hand from a friend in {city}.",
  "Since the update the app shows \"no bikes\". I logged out and in again, no change."],
 "replies": [
  "Hello {first}, please delete the bike in the phone's own Bluetooth list first, then hold the display's lower button until it blinks blue. Does the app find it now?",
  "Hello {first}, a bike has one owner at a time. Could your friend remove it from their account, or send us the frame number so that we can move it over?"],
 "followups": ["The blinking worked but it stops at 80 % of pairing.", "She has removed it now. What next?"],
 "resolutions": ["Version 4.2.1 came out this morning and corrects exactly that. Please update and try once more; for me it pairs within seconds.", "The bike is in your account now, with its whole service history."],
 "notes": ["App team knows: pairing stops with phones on the new Android. Fix in 4.2.1."]},

{"organization": "moorland", "priority": "urgent",
 "answers": [1, 2, 2], "subjects": ["My {model} was stolen", "Stolen bike, please block it", "Theft report needed"],
 "openings": [
  "My {model} was stolen last night outside the station in {city}. Can you switch it off or see where it is? I've got a crime number.",
  "Hello, somebody cut the lock and took the bike. I need the frame number and a proof of purchase for the police today.",
  "Theft! Order {order}. Please block the motor, and tell me what the insurance will want from you."],
 "replies": [
  "Hello {first}, I'm very sorry. The motor is locked as of now, and the last position it sent was two streets from where you parked. I have sent that to you and nobody else; please give it to the police rather than going there yourself.",
  "Hello {first}, what a horrible morning. Attached are the frame number, the invoice and a letter for your insurer. The bike is marked as stolen, so no workshop of ours will touch it."],
 "followups": ["The police have it, thank you for being so quick. They ask whether it moved since.", "The insurer wants to know the value today. Can you confirm?"],
 "resolutions": ["It was found! I've unlocked the motor again. Bring it by for a check, it's on us.", "Attached is the letter on its current value. We hope that they settle quickly, {first}."],
 "notes": ["Position shared with the owner only, as our policy says. Crime number on file.", "Motor locked at 08:12. Do not unlock without a call back to the number we know."]},

{"organization": "moorland", "priority": "normal",
 "answers": [1, 1, 2], "subjects": ["Creaking noise from the pedals", "Clicking sound when I pedal", "Noise under load, {model}"],
 "openings": [
  "There's a creak with every turn of the left pedal. It started {days} days after delivery. I can live with it, but should I?",
  "Hi, the {model} clicks once per turn when I push hard. I've greased the pedals, no change.",
  "Somewhere around the cranks it sounds like a door in a horror film. Film attached."],
 "replies": [
  "Hello {first}, thanks for the description. Nine times out of ten it's the chainring bolts: four of them, 5 mm key, 12 Nm. Would you like to try, or shall we?",
  "Hello {first}, that film is something else. It sounds like the seat post to me: does it also creak when you stand up?"],
 "followups": ["Tightened them, it's quieter but not gone.", "You're right, standing up it is silent!"],
 "resolutions": ["Then it's the bearing; a new one is booked in with your inspection. It's safe to ride until then.", "A little paste on the seat post and peace will return. A tube is on its way to you, no charge."],
 "notes": ["Bearing from the supplier with the bad seals; see the list."]},

{"organization": "tallybird", "priority": "high",
 "answers": [1, 2, 1], "subjects": ["Charged twice this month", "Two payments for one subscription", "Billed twice since the new plan"],
 "openings": [
  "Hi, our card was charged {amount} dollars twice on the 3rd. {company} has only one account. Please refund one of them.",
  "I see two identical payments to you on the statement. Did something go wrong when I changed the card?",
  "Our bookkeeper noticed that we have been billed twice since we moved to the new plan. Could you look?"],
 "replies": [
  "Hi {first}, sorry about that. I can see both payments: the first attempt timed out at the bank and was repeated. I'm refunding the second one now.",
  "Hi {first}, thanks for spotting it. One of the two is only a reservation and will disappear by itself in three to five days. If it doesn't, write back and I'll chase it."],
 "followups": ["It has been a week and both are still there.", "Thank you. Will the invoice be corrected as well?"],
 "resolutions": ["The refund of {amount} dollars went through today and the invoice has a credit note.", "All settled: the bank has released the reservation. Thanks for your patience."],
 "notes": ["Gateway retried after a timeout. Engineering has the request id.", "Refund approved by Noor."]},

{"organization": "tallybird", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Logo looks blurred on PDF", "How do I change the invoice layout?", "New logo on our invoices"],
 "openings": [
  "Hello, the logo of {company} looks blurred on the PDF, though it is sharp on the screen. What size should it be?",
  "Is there a way to move the logo to the right and make the table narrower? Our old invoices looked like that.",
  "We have rebranded. Where can I upload the new logo, and will old invoices change too?"],
 "replies": [
  "Hi {first}, for print it should be at least 1,200 pixels wide; an SVG is best of all. Upload it under Settings, Branding and open a draft to compare.",
  "Hi {first}, the layout called \"Letter\" has the logo on the right. Invoices that were already sent never change, so you're safe to try it out."],
 "followups": ["I uploaded the SVG, but the preview shows a grey box.", "That looks much better, thanks! Can I change the font too?"],
 "resolutions": ["The SVG had a font inside that we don't load; I converted it for you and it's in place.", "Fonts are on our list but not there yet. I've added your vote."],
 "notes": ["SVG with embedded fonts: add a warning to the upload page."]},

{"organization": "tallybird", "priority": "urgent",
 "answers": [1, 1, 2], "subjects": ["Invoices are not being sent", "Clients don't get our invoices", "Emails bounce with 550 blocked"],
 "openings": [
  "None of the invoices that I sent today have arrived. The status says \"queued\". It's the end of the month, so this is urgent for us.",
  "Two clients told me that they never got an invoice from {company}. In Tallybird everything looks delivered.",
  "Emails with attachments bounce with \"550 blocked\". Nothing has changed on our side."],
 "replies": [
  "Hi {first}, I'm on it. There was a backlog between 8:10 and 9:40 this morning; it's being worked off now, oldest first. No invoice is lost.",
  "Hi {first}, the other side's filter refuses mail because the SPF record of your domain doesn't list us. I've attached the line that your domain needs; it takes five minutes to add."],
 "followups": ["They are coming through now, but two are still queued.", "I added the record. How do I know that it works?"],
 "resolutions": ["The last two left at 11:02. We'll publish what happened and what we change on our status page.", "I sent a test from your account and it passed all checks. You're good to go."],
 "notes": ["Incident of this morning, see the channel. Tell all tickets with this subject when it's over.", "DNS is at their web agency; be ready for a slow answer."]},

{"organization": "tallybird", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Bank feed stopped on Monday", "Transactions are missing", "Nothing new from our bank"],
 "openings": [
  "The bank feed has shown nothing since Monday. I reconnected it twice. Other apps still see the account.",
  "Three payments of last week are missing in Tallybird, but they are on the bank's page. Total {amount} dollars.",
  "We switched the bank feed on {days} days ago and it worked until the weekend. Now every page says that there is nothing new."],
 "replies": [
  "Hi {first}, your bank asks for a fresh consent every 90 days, and reconnecting doesn't renew it. Please choose \"Renew access\" under Banking; you'll be sent to your bank once.",
  "Hi {first}, those three were booked after midnight and arrived with yesterday's date. Could you look under the 14th? If they aren't there I'll have them fetched again."],
 "followups": ["Renewed. When will the missing days come in?", "Found two of them. The third, the one from the webshop, is still missing."],
 "resolutions": ["The missing days are in, and nothing was imported twice. Have a good week, {first}.", "I fetched it by hand. It should be matched with its invoice already."],
 "notes": ["Bank's consent period changed in spring; help page updated."]},

{"organization": "tallybird", "priority": "low",
 "answers": [1, 2, 1], "subjects": ["Could quotes recur?", "Reminders on weekdays only?", "An idea for the mobile app"],
 "openings": [
  "We send the same quote every quarter. Could it recur like invoices do?",
  "Reminders that go out on a Sunday annoy our clients. Would you consider weekdays only?",
  "It'd be great to photograph a receipt and have it attached to the right invoice. Any plans?"],
 "replies": [
  "Hi {first}, thank you, that's a good one and you're the ninth to ask. I've added you to the list of people we ask when we build it.",
  "Hi {first}, there's something close already: under Reminders, Advanced you can choose the days of the week. Does that do what you need?"],
 "followups": ["Oh, I never saw that page. Perfect.", "Happy to test it early if you like."],
 "resolutions": ["Glad that it helps! I've asked for the page to be easier to find.", "You're on the early access list. We'll be in touch."],
 "notes": ["Ninth request for recurring quotes. Passed on to product."]},

{"organization": "tallybird", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["How do I add our accountant?", "Inviting a colleague fails", "Access for our auditor"],
 "openings": [
  "Our accountant needs to see everything but change nothing. Which role is that, and does it cost a seat?",
  "When I invite a colleague I get \"address already in use\". She never had an account as far as I know.",
  "Can somebody have access for one month only? Our auditor comes in March."],
 "replies": [
  "Hi {first}, that's the role \"Viewer\". Viewers are free on every plan. Invite them under Settings, People.",
  "Hi {first}, her address belongs to an account at another company. She can use the same login for both; I've sent her a link to accept."],
 "followups": ["She got the link, but it says that it has expired.", "Great. Can viewers export?"],
 "resolutions": ["A fresh link is in her inbox and good for a week.", "They can export reports, but not customers. You can switch that off per person."],
 "notes": ["Invitation links expire after 24 hours, which is short; suggested 7 days."]},

{"organization": "tallybird", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Wrong tax on an invoice", "Tax for a client abroad", "HST instead of GST"],
 "openings": [
  "Invoice 2087 shows 13 % though the client moved to Alberta. Where does the rate come from?",
  "We sell to a client in Germany for the first time. Do we charge tax, and how do I tell Tallybird?",
  "Since the first of the month all drafts of {company} have the old tax rate."],
 "replies": [
  "Hi {first}, the rate follows the delivery address, and that client's still says Ontario. Once you change it, open drafts follow; sent invoices need a credit note.",
  "Hi {first}, I can't give tax advice, but I can show you how to set it up: give the client the country and their tax number, and choose \"reverse charge\" in the draft."],
 "followups": ["I changed the address, but invoice 2087 was sent already. What do I do?", "Thank you, our accountant agrees. Does the note on the invoice appear by itself?"],
 "resolutions": ["I've attached three screenshots: credit 2087, copy it, send the copy. The number stays in order.", "It does, in the client's language. You can see it in the preview."],
 "notes": ["No tax advice! Pointed to the help page and to their accountant."]},

{"organization": "tallybird", "priority": "high",
 "answers": [1, 2, 1], "subjects": ["Yearly export fails", "CSV export stops at 1,000 rows", "Year end export is empty"],
 "openings": [
  "The yearly export ends with \"something went wrong\" after a minute. We need it by Friday.",
  "The CSV has exactly 1,000 lines, but we wrote 1,460 invoices. Is that a limit of our plan?",
  "I chose the whole year and all accounts, and the file has only the header."],
 "replies": [
  "Hi {first}, large exports run in the background since last week, but your page still used the old way. Please reload and try again; a mail with a link will come when it's ready.",
  "Hi {first}, that's our mistake and not a limit. While it's being corrected I've made the file for you by hand; the link is good for 48 hours."],
 "followups": ["Got the mail, but the link asks me to log in as someone else.", "The file is complete, thank you! Will it work by itself next month?"],
 "resolutions": ["I've issued the link for your login. Please tell me when the file has arrived safely.", "The correction is live as of today. I tried it with your numbers: 1,460 lines."],
 "notes": ["Made by hand from the replica, checked the count with the customer's dashboard.", "Bug confirmed: paging stops when a page is exactly full."]},

{"organization": "tallybird", "priority": "normal",
 "answers": [1, 2, 1], "subjects": ["Pausing for the winter", "Cancel at the end of the term", "Is there a seasonal plan?"],
 "openings": [
  "We're a seasonal business and don't need Tallybird from November to March. Can {company} pause instead of cancelling?",
  "Please cancel at the end of the term. It was good, but we've been bought and must use the new owner's system.",
  "We only invoice in summer. Is there something between cancelling and paying for months that we don't use?"],
 "replies": [
  "Hi {first}, you can: pausing costs nothing, keeps all data readable and starts again with one click. Shall I set it for the first of November?",
  "Hi {first}, sorry to see you go, and congratulations! It's set to end with the term. You can export everything until 90 days after that."],
 "followups": ["Yes please, first of November to 31 March.", "Thank you. Please confirm that we won't be charged again."],
 "resolutions": ["It's set. You'll get a note a week before it starts again.", "Confirmed: no further charge, and the last invoice is in your account. All the best, {first}."],
 "notes": ["Good customer since the beta. Ask what would have kept them."]},

{"organization": "tallybird", "priority": "high",
 "answers": [1, 2, 2], "subjects": ["Locked out after losing my phone", "Two step login code is refused", "Account is locked"],
 "openings": [
  "I lost my phone and with it the codes. Can you let me in? I'm the only admin of {company}.",
  "The six digits are always refused. The clock of my phone is right, as far as I can see.",
  "I get \"account locked\" after my son tried to guess the password. Sorry. How long does it last?"],
 "replies": [
  "Hi {first}, to be sure that it's you I'll call the number in your account today between 2 and 4 pm. Please have the last invoice number at hand. I can't do it by email, for your safety.",
  "Hi {first}, the lock ends by itself after an hour. If the codes are refused, please switch the phone's clock to automatic; thirty seconds are enough to spoil it."],
 "followups": ["I'll be there. The number is still the right one.", "Automatic time did it, thank you!"],
 "resolutions": ["You're in again, and two new backup codes are in your account. Please print them.", "Good! Backup codes under Settings, Security save you from this next time."],
 "notes": ["Identity confirmed by phone and invoice number, second person: Kenji.", "Never reset by email. Call back only."]}
  ]$stories$) as s (
    organization text, priority text, answers integer[], subjects text[], openings text[], replies text[], followups text[],
    resolutions text[], notes text[]
  );
