## The record of one referral, and every step staff can take with it.

referral-about = { $name }, reference { $reference }
referral-somebody = This person
referral-by = By
referral-by-at = { $name }, { $at }
referral-by-person = the person
referral-by-program = OneDoor
referral-choose = Choose one
referral-form-told = What this person told us
referral-restricted = { $count ->
    [one] { $count } restricted item is not shown to your role.
   *[other] { $count } restricted items are not shown to your role.
}
referral-flagged-title = Ring first
referral-flagged-text = This person flagged danger or asked for a call, and nobody has reached them yet.
referral-flagged-reached-title = Read first
referral-flagged-reached-text = This person flagged danger or asked for a call. Somebody has reached them. A senior has not decided yet how soon they are seen.

referral-find-title = Find by reference
referral-find-label = Find by reference
referral-find-button = Find
referral-find-text = Type the 8 characters the person was given. Spaces and small letters do not matter.
referral-reference-missing = Enter a reference
referral-reference-length = A reference has 8 characters. Check that none is missing
referral-reference-character = References never use vowels or characters that look alike, such as 0 and O. Check what you typed
referral-reference-check = One character is not right. Ask the person to read it out again
referral-reference-unknown = There is no referral with this reference that you can open

### The parts of the record

referral-part-story = In their own words
referral-part-needs = What they need from us
referral-part-told = What else they told us
referral-part-safety = Danger they told us about
referral-part-contact = How to reach them safely
referral-part-identity = About them
referral-part-permissions = What they allowed
referral-part-facts = Where it is
referral-part-actions = What you can do
referral-part-tasks = Tasks
referral-part-clocks = What we owe them, and by when
referral-part-notices = Messages
referral-part-triage = How soon, and why
referral-part-decision = What was decided
referral-part-contacts = Contacts
referral-part-history = Everything that happened

referral-fact-state = Now
referral-fact-received = Asked for help
referral-fact-team = Team
referral-fact-opened = Open with
referral-fact-page = Duty call taken by
referral-fact-page-open = Nobody yet
referral-story-none = They asked for a call and wrote nothing. Ring them.
referral-safety-call-me = They asked to be called.
referral-safety-safe-for-now = After the emergency page they said they can keep themselves safe for now.
referral-safety-none = They answered yes to no danger question.
referral-safety-yes = They answered yes to:
referral-reach-call = Ring
referral-reach-text = Text
referral-reach-email = E-mail
referral-reach-letter = Write to
referral-reach-person = Find them in person
referral-reach-code-name = If someone else answers, say it is
referral-reach-voicemail = Voicemail
referral-reach-voicemail-yes = OK to leave one
referral-reach-voicemail-no = Do not leave one
referral-reach-nhs = Saying who we are
referral-reach-nhs-yes = OK to say it is the NHS
referral-reach-nhs-no = Do not say it is the NHS or what it is about
referral-reach-times = Safe times
referral-identity-called = Call them
referral-identity-name = Full name
referral-identity-born = Born
referral-identity-born-age = { $date } (age { $age })
referral-identity-nhs-number = NHS number, as they gave it
referral-identity-gp = GP practice
referral-identity-postcode = Postcode
referral-identity-age = Age
referral-identity-address = Address
referral-identity-no-address = No fixed address
referral-permissions-gp-yes = We may tell their GP.
referral-permissions-gp-no = We may not tell their GP.
referral-permissions-talk-to = We may talk to: { $who }
referral-permissions-talk-to-nobody = They named nobody else we may talk to.
referral-needs-language = They speak { $name } best.
referral-needs-chosen = They need:
referral-told-sent = How it was sent
referral-told-so-far = They stopped early and asked that someone contacts them. Questions without an answer were not asked, or left out.
referral-told-would-help = What would help
referral-told-matters = What matters to them
referral-told-caring = Children and caring
referral-told-practical = Practical troubles
referral-told-before = What made help hard to get
referral-told-none = None of these
referral-told-not-answered = Not answered
referral-told-when = Who told us
referral-told-by-person = The person, on { $at }. Do not ask for it again without need.
referral-told-by-carer = Somebody who knows the person, on { $at }. These are not the person’s own words.
referral-told-by-professional = A professional, on { $at }. These are not the person’s own words.
referral-told-by-staff = A member of staff wrote it down, on { $at }.

referral-state-received = New: nobody has opened it
referral-state-screening = Being read
referral-state-triaged = Triaged: waiting for a decision
referral-state-telling = Decided: people are being told
referral-state-closed = Finished: everybody was told

referral-danger-ending-life = Thoughts of ending their life now
referral-danger-plan-or-means = A plan, or the means
referral-danger-already-hurt = Already hurt, or has taken something
referral-danger-someone-else = Somebody else is in danger
referral-danger-not-safe-from = Not safe from somebody
referral-danger-children-unsafe = Worried they cannot keep children safe
referral-danger-very-unwell = Very unwell or confused

referral-clocks-what = What
referral-clocks-by = By
referral-clocks-stands = How it stands
referral-clock-ref-ack = Tell them we have it
referral-clock-ref-triage = A senior reads it and decides how soon
referral-clock-duty-call = The duty person rings
referral-clock-cat-b = First contact within 4 hours
referral-clock-cat-c = First contact within 24 hours
referral-clock-cat-d = First contact within 72 hours
referral-clock-stopped = { $why }, { $at }
referral-clock-stopped-late = Late: { $why }, { $at }
referral-clock-reason = Why it was late: { $why }
referral-clock-no-reason = Nobody has said yet why it was late.
referral-stopped-done = Done
referral-stopped-replaced = Replaced by a new decision about how soon
referral-stopped-withdrawn = Ended: the person withdrew
referral-stopped-duplicate = Ended: joined to their live referral
referral-stopped-died = Ended: the person died

referral-tasks-what = What
referral-tasks-due = Due
referral-tasks-state = How it stands
referral-task-open = Open
referral-task-done = Done by { $by }

referral-episode-key-worker = Key worker
referral-episode-no-key-worker = Not named yet
referral-contact-reached = { $mode }: reached them
referral-contact-not-reached = { $mode }: did not reach them
referral-mode-face-to-face = Face to face
referral-mode-phone = Phone
referral-mode-video = Video
referral-mode-written = Text or e-mail, with an answer

### Messages

referral-party-person = The person
referral-party-gp = Their GP
referral-route-email = by e-mail
referral-route-text = by text
referral-route-letter = by letter
referral-route-in-person = in person
referral-route-call = by phone
referral-message-received = we have your request
referral-message-accepted = a team has accepted
referral-message-advised = advice
referral-message-withdrawn = withdrawn, and how to come back
referral-message-duplicate = joined to your other request
referral-notice-title = { $party }, { $route }: { $message }
referral-notice-queued = Waiting: nobody has been told yet.
referral-notice-spooled = Written to the outbox of this computer. Nobody has been told yet.
referral-notice-spooled-demo = Not sent: demonstration.
referral-notice-handed = Sent: the provider took it.
referral-notice-asked = Sent, but it only asks them to get in touch. They do not know the decision yet: ring or post a letter.
referral-notice-delivered = Delivered, the provider says.
referral-notice-failed = It did not arrive. Tell them another way.
referral-notice-printed = Printed. Not posted yet.
referral-notice-posted = Posted.
referral-notice-told-by-phone = Told by phone, or face to face.
referral-notice-excepted = Not told, for a reason.
referral-notice-answered = { $at }. The provider said: { $answer }
referral-notice-came-back = { $at }. The letter came back: { $answer }
referral-notice-because = { $by }. Why: { $why }
referral-notice-letter = Open the letter to print
referral-notice-do-printed = I have printed it
referral-notice-do-posted = I have posted it
referral-notice-do-told = I have told them by phone
referral-notice-back-open = The letter came back
referral-notice-back-title = What came back?
referral-notice-back-intro = They do not count as told any more. Somebody is asked to tell them another way.
referral-notice-back-why = What does it say, or what do you know?
referral-notice-back-missing = Say what you know about why the letter came back
referral-notice-back-button = Record that it came back
referral-notice-except-open = They cannot or must not be told
referral-notice-except-title = Why are they not told?
referral-notice-except-intro = Only if telling them is not safe or not possible. Your reason stays on the record.
referral-notice-except-why = Why are they not told?
referral-notice-except-missing = Say why they are not told
referral-notice-except-button = Record that they are not told

referral-letter-title = Letter to print
referral-letter-how = Print this page, post the letter, then go back and record that you did. Nobody counts as told before you say it was posted.
referral-letter-envelope-title = Use a plain envelope
referral-letter-envelope-text = This person did not say it is OK to say who we are. Put no service name and no return name on the envelope.
referral-letter-dear = Dear { $name }
referral-letter-dear-gp = Dear colleague
referral-letter-to-gp = The GPs
referral-letter-about = About: { $name }, { $born }
referral-letter-born = born { $date }
referral-letter-born-unknown = date of birth not given
referral-letter-received = Thank you for getting in touch with { $service }. We have your request. Your reference is { $reference }. Somebody senior will have read it by { $by }.
referral-letter-received-gp = Your patient has asked { $service } for help and agreed that we tell you. Our reference is { $reference }. Somebody senior will have read the request by { $by }.
referral-letter-accepted = You asked { $service } for help. { $team } will now work with you. If you want to talk to them, ask for { $name }. Your reference is { $reference }.
referral-letter-accepted-gp = Your patient asked { $service } for help and agreed that we tell you. { $team } has accepted. Please ask for { $name }. Our reference is { $reference }.
referral-letter-next = What happens next, on { $date }:
referral-letter-advised = You asked { $service } for help. This is the advice we talked about, for you to keep. Your reference is { $reference }.
referral-letter-advised-gp = Your patient asked { $service } for help and agreed that we tell you. We gave this advice. Our reference is { $reference }.
referral-letter-options = Other places that can help:
referral-letter-follow-up = We will get in touch around { $date } to ask how things are. If things are not better, we look at it again and you keep your place.
referral-letter-follow-up-gp = We will ask how things are around { $date }. If things are not better, we look at it again.
referral-letter-withdrawn = You told { $service } that you do not want to go on with your request { $reference }. That is fine. You can change your mind at any time.
referral-letter-withdrawn-gp = Your patient has decided not to go on with a request for help to { $service }, reference { $reference }. They can come back at any time.
referral-letter-duplicate = You have asked { $service } for help more than once. So that you need not tell your story twice, we have put your request { $reference } together with your request { $live }. Please use the reference { $live } from now on.
referral-letter-duplicate-gp = Your patient has asked { $service } for help more than once. We have put request { $reference } together with { $live }, which goes on.
referral-letter-come-back = You can come back to us at any time, and you do not have to start again. Give us your reference, or just your name.
referral-letter-help-now = If you need help now: if a life is in danger, call 999 or go to A&E. For urgent mental health help, day or night, call 111 and select option 2.

### What happened

referral-event-received = Asked for help
referral-event-duty-paged = The duty person was told
referral-event-duty-rung = Somebody was told of the call, or it was tried
referral-event-duty-escalated = Nobody took the call: the next person was told
referral-event-duty-acknowledged = Took the duty call
referral-event-screening-started = Opened it
referral-event-triaged = Decided how soon
referral-event-accepted = Accepted by a team
referral-event-advised = Gave advice
referral-event-withdrawn = The person withdrew
referral-event-duplicate-linked = Joined to their live referral
referral-event-died = Recorded that the person died
referral-event-closed = Everybody was told: finished
referral-event-reopened = Opened again, with the original date
referral-event-followed-up = Asked how things are: better
referral-event-contact-recorded = Recorded a contact
referral-event-allocated = Named the key worker
referral-event-phrase-kept = The person was given a return phrase
referral-event-person-added = The person added something
referral-event-person-changed = The person looked at how to reach them or what they need
referral-event-withdrawal-asked = The person asked us to stop
referral-event-got-worse = The person said that things got worse
referral-event-new-read = Read what the person said since
referral-event-notice-spooled = A message was written to the outbox
referral-event-notice-handed = A message was sent
referral-event-notice-delivered = A message was delivered
referral-event-notice-failed = A message failed
referral-event-notice-printed = Printed a letter
referral-event-notice-posted = Posted a letter
referral-event-notice-came-back = A posted letter came back
referral-event-told-by-phone = Told them by phone, or face to face
referral-event-notice-excepted = Recorded why somebody is not told
referral-event-task-ended = Ended a task
referral-event-task-escalated = A late task went one level up
referral-event-breach-explained = Said why a target was missed
referral-event-file-added = A file was added
referral-event-file-opened-unscanned = Opened a file that was not checked for viruses
referral-safety-danger-now = Whoever wrote this down for them pressed "danger now".
referral-entered = Written down
referral-entered-by = { $channel }, by { $by }
referral-entered-safe = They said it is safe to ring the number they gave.
referral-entered-not-safe = They said it is not safe to ring the number they gave.
referral-entered-safe-not-known = Nobody knows whether it is safe to ring.
referral-event-entry-added = More was written down for them
referral-needs-first = What they need from us
referral-letter-needs = Before you post it: is this letter in a language and format they can read, and is the address still right?
referral-event-other = Something else changed

referral-outcome-accepted = A team has accepted
referral-outcome-advised = Advice, with a check later
referral-outcome-withdrawn = The person withdrew
referral-outcome-duplicate = Joined to their live referral
referral-outcome-died = The person died
referral-decision-outcome = Decision

### What staff can do

referral-do-open = Open it: I am reading this
referral-do-take-over = Take it over
referral-do-contact = Record a contact or a try
referral-do-triage = Decide how soon
referral-do-triage-again = Look again at how soon
referral-do-accept = A team accepts
referral-do-advise = Give advice
referral-do-follow-up = Record how they are
referral-do-allocate = Name the key worker
referral-do-withdraw = They do not want to go on
referral-do-duplicate = They have asked before: join the two
referral-do-death = The person has died

referral-done-opened = You have it open. Colleagues see your name on the worklist.
referral-done-acknowledged = You have this call. Ring now, then record the contact. Nobody else is told any more.
referral-done-triaged = Saved. Next: decide where help is. The clock for first contact runs from now.
referral-done-accepted = Accepted. The team has a task to name a key worker, and everybody who must know is being told. Check the messages below: some need you.
referral-done-advised = Advice saved. A check is in the team's list for the day you chose, and everybody who must know is being told. Check the messages below: some need you.
referral-done-withdrawn = Saved. The person is being told how to come back. Check the messages below: some need you.
referral-done-duplicate = Joined. The person is being told which reference to use. Check the messages below: some need you.
referral-done-died = Saved. Clocks have stopped and nothing more is sent to them. Any concern for children stays open.
referral-done-contact = Contact saved. If you reached them, the clock has stopped. If not, it still runs, and so does the task.
referral-done-followed-up = Saved. If they are not better or did not answer, this is open again with its original date.
referral-done-allocated = Saved. The key worker sees this person on their first page.
referral-done-printed = Printed. Next: post it, then record that here.
referral-done-came-back = Saved. They do not count as told: tell them another way, or post to a better address.
referral-done-posted = Posted. They count as told.
referral-done-told-by-phone = Saved. They count as told.
referral-done-excepted = Saved with your reason. Nobody tries to tell them this any more.
referral-done-ended = Task ended, with your reason.
referral-done-explained = Saved. Your reason stands beside the missed target.
referral-done-not-from-here = That cannot be done now. The page shows where it is and what can be done.

referral-refused-not-from-here = That cannot be done from where this is now. Open the record to see what can be done
referral-refused-future = The contact lies in the future. Check the day and the time
referral-refused-emergency-record = Say what was done now, with which service, and its incident number
referral-refused-date-in-past = The day has passed. Choose today or a later day
referral-refused-notice-step = That cannot be done with this message now. Open the record to see where it is
referral-refused-task-step = This task ends only when what it waits for has happened
referral-refused-duplicate-of-itself = That is the reference of this request itself
referral-refused-live-closed = Nobody works on that referral any more, so this one goes on
referral-refused-team-not-taking = This team does not take people now. Choose another
referral-refused-contact-owed = The person is owed a call or a first contact. Reach them and record it, then give advice
referral-refused-not-breached = This target was not missed
referral-refused-other = That could not be saved. Open the record and look again

### Fields that several forms share

referral-why = Why
referral-text-empty = Write something that can be read
referral-text-too-long = Use 10,000 characters or fewer
referral-text-control = Remove the hidden characters, for example by typing the words again
referral-date-missing = Enter a day
referral-date-no-day = The date must include a day
referral-date-no-month = The date must include a month
referral-date-no-year = The date must include a year
referral-date-not-real = The date must be a real day, such as 27 3 2027
referral-time-wrong = Enter a time such as 14:30

### How soon (triage)

referral-triage-title = Decide how soon
referral-triage-intro = You decide by when somebody must have seen or spoken to this person. It is a promise about time, not a prediction. After this, somebody decides where help is.
referral-triage-button = Save how soon
referral-triage-category = How soon must somebody be with them?
referral-triage-category-hint = Time already waited never makes it later.
referral-triage-category-missing = Choose how soon
referral-category-a = A: now, with emergency services
referral-category-a-hint = Somebody is being harmed, or a life is in danger, as you read this. Ring 999 and stay on the line until they have the person.
referral-category-b = B: within 4 hours
referral-category-b-hint = It cannot wait until tonight or tomorrow, or an assessment under the Mental Health Act was asked for. The crisis team goes; keep in touch by phone until then.
referral-category-c = C: within 24 hours
referral-category-c-hint = Great distress or danger, getting worse quickly, or nobody there to help. Somebody speaks to them today.
referral-category-d = D: within 72 hours
referral-category-d-hint = Distress that is getting worse, with some support around them.
referral-category-e = E: within 4 weeks
referral-category-e-hint = Steady for now, and needs a community or specialist team.
referral-category-f = F: another service fits better
referral-category-f-hint = We stay responsible until that service has said yes and the person knows whom to ask for.
referral-category-g = G: advice or information
referral-category-g-hint = They want to know something, or where to go. We ask again later how things are.
referral-triage-emergency = What was done now?
referral-triage-emergency-hint = Which service, when, the incident number, and who stayed on the line.
referral-triage-narrative = Why this soon?
referral-triage-narrative-hint = In plain words. The person may read this.
referral-triage-narrative-missing = Say why
referral-triage-safety = What do we understand about safety?
referral-triage-safety-hint = What makes things better and worse, what might change, who is with them, what was agreed, and what we do not know. Words, never a score or a level.
referral-triage-safety-missing = Say what we understand about safety, including what we do not know
referral-triage-children = Are there children at home or in their care?
referral-triage-children-missing = Say whether there are children at home or in their care
referral-children-none = No children
referral-children-no-concern = Children, and nothing that needs action today
referral-children-urgent = Children who may need help today
referral-children-urgent-hint = Makes a task for today for the whole team.
referral-children-about = Who are they, and who looks after them?
referral-children-about-hint = First names and ages are enough.
referral-children-about-missing = Say what is known about the children
referral-children-urgent-about = What worries you, and what must happen today?
referral-children-urgent-about-hint = Say it so that a colleague can act on it.

### Decisions

referral-accept-title = A team accepts
referral-accept-intro = The team becomes responsible from now. The person is told who to ask for and what happens next, in these words.
referral-accept-button = Accept
referral-accept-team = Team
referral-accept-team-missing = Choose the team
referral-accept-contact-name = Who to ask for
referral-accept-contact-name-hint = A name the person can ask for when they ring.
referral-accept-contact-name-missing = Give a name to ask for
referral-accept-next-step = What happens next
referral-accept-next-step-hint = The person reads these words. Say what, where and with whom.
referral-accept-next-step-missing = Say what happens next
referral-accept-next-on = On which day
referral-accept-next-on-hint = For example, 27 3 2027

referral-advise-title = Give advice
referral-advise-intro = The person gets this in writing. We stay responsible: on the day you choose, somebody asks how things are, and if they are not better this opens again with its original date.
referral-advise-button = Save the advice
referral-advise-advice = Advice
referral-advise-advice-hint = The person reads these words.
referral-advise-advice-missing = Write the advice
referral-advise-options = Other places that help
referral-advise-options-hint = Names, opening times and numbers. The person reads these words.
referral-advise-options-missing = Name at least one other place that helps
referral-advise-basis = Why advice, and no team?
referral-advise-basis-missing = Say why advice, and no team
referral-advise-wish = It is what the person wants
referral-advise-wish-hint = As they said it.
referral-advise-wish-missing = Write what the person said
referral-advise-basis-wish = What the person said they want
referral-advise-no-team = No team is needed
referral-advise-no-team-hint = The person may read this.
referral-advise-no-team-missing = Say why no team is needed
referral-advise-basis-no-team = Why no team is needed
referral-advise-follow-up-on = When do we ask how things are?
referral-advise-follow-up-on-hint = Somebody of the team has this as a task for that day.

referral-withdraw-title = They do not want to go on
referral-withdraw-intro = An adult may say no, and we take it that they can decide. The door stays open: they are told how to come back.
referral-withdraw-button = Save
referral-withdraw-why = What they said (optional)
referral-withdraw-why-hint = In their words, if they said why.
referral-withdraw-safety = What did you think about before agreeing?
referral-withdraw-safety-hint = Whether they are safe now, who is with them, and what they know about getting help.
referral-withdraw-safety-missing = Say what you thought about before agreeing

referral-duplicate-title = Join it to their live referral
referral-duplicate-intro = Only when you are sure it is the same person. Nothing they wrote is lost, and they are told which reference to use. A call we promised stays owed until somebody has reached them.
referral-duplicate-button = Join the two
referral-duplicate-live = Reference of the live referral
referral-duplicate-live-hint = The 8 characters of the one that goes on.

referral-death-title = The person has died
referral-death-intro = We are sorry. Saving this stops every clock, sends nothing more to them, and keeps any concern for children open.
referral-death-button = Save
referral-death-source = How do we know?
referral-death-source-hint = Who told us, and when.
referral-death-source-missing = Say how we know

### Being with the person

referral-contact-title = Record a contact or a try
referral-contact-intro = Only reaching the person stops the clock. A try that did not reach them is worth recording too: the next colleague knows what was done.
referral-contact-button = Save the contact
referral-contact-on = On which day?
referral-contact-on-hint = For example, 27 3 2027
referral-contact-at = At what time?
referral-contact-at-hint = For example, 14:30
referral-contact-mode = How?
referral-contact-mode-missing = Say how
referral-contact-was-reached = Did you reach them?
referral-contact-reached-missing = Say whether you reached them
referral-contact-yes = Yes, I spoke with them
referral-contact-yes-hint = Stops the clock and ends the call that was owed.
referral-contact-no = No
referral-contact-no-hint = The clock goes on, and so does the task.
referral-contact-next = What happens next?
referral-contact-next-hint = What was agreed, or when you or somebody else tries again.
referral-contact-next-missing = Say what happens next

referral-follow-up-title = Record how they are
referral-follow-up-intro = You asked how things are after the advice.
referral-follow-up-button = Save
referral-follow-up-outcome = How are they?
referral-follow-up-outcome-missing = Say how they are
referral-follow-up-better = Better: they need nothing more now
referral-follow-up-not-better = Not better
referral-follow-up-no-answer = They did not answer
referral-follow-up-reopens = Opens it again, with the date they first asked for help.
referral-follow-up-said = What did they say, or what did you try?
referral-follow-up-said-hint = In their words where you can.
referral-follow-up-said-missing = Write what they said, or what you tried

referral-allocate-title = Name the key worker
referral-allocate-intro = The key worker is the one person who carries on with them. They see them on their first page.
referral-allocate-button = Save
referral-allocate-key-worker = Key worker
referral-allocate-key-worker-missing = Choose the key worker
referral-allocate-who = { $name }, { $work }

### Reasons

referral-task-end-open = End this task with a reason
referral-task-end-title = Why does this task end?
referral-task-end-intro = Say what was done, with whom, and when.
referral-task-end-why = What was done?
referral-task-end-missing = Say what was done
referral-task-end-button = End the task
referral-explain-open = Say why it was late
referral-explain-title = Why was it late?
referral-explain-intro = So that we learn from it. Nobody is blamed for an honest reason.
referral-explain-why = Why was it late?
referral-explain-missing = Say why it was late
referral-explain-button = Save the reason

# What the person said since, following their own request.
referral-part-since = What they have said since
referral-since-added = Added on { $at }
referral-since-worse = Said that things got worse, on { $at }
referral-since-worse-call = They asked to be called.
referral-since-worse-none = They answered none of the danger questions with yes.
referral-since-worse-yes = They answered yes to:
referral-since-withdrawal = Asked us to stop, on { $at }
referral-since-why = Why:
referral-since-safe = They say that they are safe now.
referral-since-not-safe = They are not sure that they are safe now. Speak with them today.
referral-since-safe-unknown = They did not say whether they are safe now.
referral-since-capacity = It is their choice. Think about their safety, then record that they withdrew. They can come back for 12 months.
referral-do-new-read = I have read what is new
referral-done-new-read = It is recorded that you have read it.
referral-told-earlier = Came back from an earlier request
referral-told-repeats = Asked again what they had already said
