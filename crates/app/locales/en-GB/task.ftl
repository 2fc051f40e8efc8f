## Lists that staff work from, and time in words.

task-my-day-title = My day
task-my-day-calls = People who need a call now
task-my-day-tasks = To do
task-my-day-own = With your name
task-my-day-teams = In your teams
task-my-day-no-tasks = Nothing is waiting for you or your team.
task-my-day-people = People you are key worker for
task-my-day-no-people = Nobody yet. When you are named as somebody's key worker, they are listed here.
task-my-day-no-records = Your role does not open people's records, so there is nothing to do here. The menu above shows where you can go.
task-worklist-title = Worklist
task-worklist-intro = Everybody who has asked for help and is not finished here. People who flagged danger or asked for a call come first, then those who have waited longest.
task-worklist-empty = Nobody is waiting.
task-overdue-title = Overdue
task-overdue-intro = Everybody for whom something is late: a task, a target or a duty call. What has been late longest comes first. Open the record to see what is late and to say why.
task-overdue-empty = Nothing is late.
task-no-team = You are not in a team yet, so there is no list to show. Ask your team's manager to add you.
task-teams = Your teams
task-show-new = { $count ->
    [one] Show { $count } new
   *[other] Show { $count } new
}
task-page-next = the next 50
task-page-first = the start of the list

task-row-person = Person
task-row-state = Where it is
task-row-asked = Asked for help
task-row-due = Due next
task-row-open = Who has it open
task-row-task = What to do
task-row-owner = Who
task-row-owner-you = You
task-row-owner-colleague = A named colleague
task-row-flagged = Flagged: read first
task-row-nothing-due = Nothing due
task-row-open-by = { $name }, for { $span }
task-row-open-nobody = Nobody

task-kind-duty-call = Reach the person now
task-kind-triage = Read it and decide how soon
task-kind-decide = Decide where help is
task-kind-first-contact = Make first contact
task-kind-children-urgent = Children may need help today
task-kind-tell = Make sure everybody has been told
task-kind-not-told = A message failed: tell them another way
task-kind-follow-up = Ask how things are after the advice
task-kind-allocate = Name a key worker
task-kind-read-new = Read what the person said since
task-kind-withdrawal = Asked us to stop: think about safety
task-kind-look-again = Came back: look today
task-kind-ask-agreement = Ask the person about another service
task-kind-handover-answer = Say whether they can be taken over
task-kind-handover-meet = Meet them: they are being handed over
task-kind-gp-receipt = Ring the practice: has somebody there read our letter?
task-kind-panel = Hold the panel: two services could not
task-kind-tell-worker = Tell them who their key worker is
task-kind-change-worker = Wants another key worker: think about it with them
task-kind-cover = Nobody covers for the key worker
task-kind-four-weeks = Begin help within four weeks
task-kind-face-to-face = Be with the person: crisis standard
task-kind-tell-held = Tell them that somebody asked for them

task-time-left = { $span } left
task-time-late = { $span } late
task-time-today = today at { $time }
task-span-moment = less than a minute
task-span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
task-span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
task-span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
task-span-both = { $hours } { $minutes }
task-kind-enquiry = Asked once for what is missing: triage with what is known if no answer comes
