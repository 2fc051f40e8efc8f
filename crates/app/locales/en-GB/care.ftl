## Who is there for people: waiting for a key worker, choosing one, being away, how full everybody is.

care-queue-title = Waiting for a key worker
care-queue-intro = People your team has taken on who have no key worker yet, or who need another one. Who has waited longest comes first.
care-queue-empty = Nobody is waiting for a key worker.
care-queue-since = Waiting
care-queue-needs = What they need and asked for
care-queue-do = What you can do
care-queue-late = More than 5 working days
care-queue-overdue = Late
care-queue-asked = Asked for help on { $when }
care-queue-no-needs = Nothing special was asked for
care-queue-take = Take { $name }
care-queue-name = Name a key worker for { $name }
care-queue-name-other = Name somebody else for { $name }

care-choose-hint = Nothing here is a score. Each fact stands beside the name, and you decide.
care-choose-nobody = Nobody of this team can be chosen here. Ask the team’s manager.
care-why = Why this one?
care-why-hint = You need to say why if something above starts with “But”. We keep it with the record.
care-reason-against = But: { $words }
care-reason-before = Was their key worker before
care-reason-speaks = Speaks { $language }
care-reason-woman = The person asked for a woman
care-reason-man = The person asked for a man
care-reason-knows = Knows about { $what }
care-reason-room = { $has } of { $limit } people
care-reason-not-woman = the person asked for a woman
care-reason-not-man = the person asked for a man
care-reason-full = { $has } of { $limit } people already
care-reason-away = away until { $day }
care-reason-ask-first = please ask first: { $why }
care-reason-not-checked = nobody has looked up their registration
care-reason-no-standing = nobody has written down what they are, or who answers for them

care-skill-psychosis = hearing voices and unusual beliefs
care-skill-trauma = trauma
care-skill-self-harm = self-harm
care-skill-eating = eating
care-skill-perinatal = pregnancy and new babies
care-skill-substances = alcohol and drugs
care-skill-older-people = older people
care-skill-young-people = young people
care-skill-autism = autism and learning disability
care-skill-families = families and carers
care-skill-outreach = people without a home
care-skill-bsl = British Sign Language

care-profession-nurse = Nurse
care-profession-social-worker = Social worker
care-profession-occupational-therapist = Occupational therapist
care-profession-psychologist = Psychologist
care-profession-doctor = Doctor
care-profession-therapist = Therapist
care-profession-peer = Peer worker
care-profession-support-worker = Support worker
care-profession-community-worker = Worker of a community organisation

care-standing-checked = Registered, and looked up
care-standing-not-checked = Registered, not looked up yet
care-standing-supervised = Works under a supervisor
care-standing-unknown = Not written down yet

care-refused-reason = Say why, because something speaks against it
care-refused-manager = Only the team’s manager can name somebody else. You can take the person yourself

care-do-change = Name another key worker
care-do-wish = Record whom they would like as key worker
care-do-part = Record a part of the four weeks
care-done-changed = Saved. The person will be told who is there for them now.
care-done-wished = Saved. Somebody of the team thinks about it with them.
care-done-part = Saved.

care-change-title = Name another key worker
care-change-intro = The person will be told who it is and how to reach them. Who was there before stays in the record.
care-change-button = Save
care-change-why = Why does this change?
care-change-why-hint = For example: the person asked for it, somebody leaves, somebody knows them better.
care-change-why-missing = Say why this changes
care-change-same = That is the key worker now. Choose somebody else

care-wish-title = Whom they would like as key worker
care-wish-intro = Write it as they said it. If they have a key worker, somebody of the team thinks about it with them within 5 working days.
care-wish-button = Save
care-wish-said = What did they say?
care-wish-said-hint = For example: “The nurse I had last year” or “Somebody nearer my age”.
care-wish-said-missing = Write down what they said

care-part-title = A part of the four weeks
care-part-intro = The four weeks end when all four parts are done: a contact, an assessment, a plan agreed or help begun, and a first outcome measure. Pointing somebody to another place is none of them.
care-part-button = Save
care-part-which = What was done?
care-part-which-hint = A contact is recorded as a contact, not here.
care-part-missing = Choose what was done
care-part-on = On which day was it done?
care-part-on-hint = For example, 27 3 2026
care-part-at = At what time?
care-part-kept = Where is it kept?
care-part-kept-hint = This version of OneDoor does not hold assessments, plans and measures yet. Say where they can be read.
care-part-kept-missing = Say where it is kept
care-part = Who is there for them
care-parts-about = Help begins within four weeks of asking when all of these are done:
care-part-contact = Contact with the team
care-part-assessment = Assessment
care-part-plan = Plan agreed, or help begun
care-part-baseline = First outcome measure
care-part-done = Done { $at }
care-part-open = Open

care-row-role = What they are
care-row-number = Reached on
care-row-since = Key worker since
care-row-why = Why this one
care-row-wish = Whom they would like
care-row-earlier = Before
care-row-earlier-until = { $name }, until { $at }
care-fact-worker = Key worker

care-late-title = A target was missed
care-late-text = Say why it was late, so that we can learn from it.

care-event-changed = Another key worker was named
care-event-wished = The person said whom they would like
care-event-cover-missing = Nobody covers for the key worker: the manager was asked
care-event-cover-found = The key worker is back, or somebody covers
care-event-part = A part of the four weeks was done

care-clock-four-week-adult = Four weeks: contact, assessment, plan or help, first measure (4WW-ADULT)
care-clock-four-week-young = Four weeks: help begins (4WW-CYP)
care-clock-ed-liaison = Emergency department: be there within the hour (ED-LIAISON)
care-clock-very-urgent = Crisis team, very urgent: be with the person (UEC-VU)
care-clock-urgent = Crisis team, urgent: be with the person (UEC-U)
care-called-agreed = { $clock }
care-called-expected = { $clock }, expected
care-called-standard = { $clock }, standard
care-stopped-not-reached = Ended before it was reached
care-stopped-other-wait = This team is measured by another wait
care-message-key-worker = Who is there for them

care-workers-title = Who works in the team
care-workers-intro = What each of your colleagues is, for how many people they are there now, and who is away.
care-workers-empty = Nobody in this team carries people yet.
care-worker-name = Name
care-worker-what = What they are
care-worker-people = People
care-worker-there = There today
care-worker-has = { $has }
care-worker-has-of = { $has } of { $limit }
care-worker-is-there = Yes
care-worker-away = Away until { $day }. { $name } covers
care-worker-away-from = Away from { $from } to { $to }. { $name } covers.
care-worker-away-title = Time away
care-worker-away-none = No time away is written down.
care-worker-back = Back today, or not going
care-worker-saved = Saved.
care-worker-looked-up = Saved: you have looked the registration up today.
care-worker-away-saved = Saved. Whoever covers sees their tasks and people.
care-worker-back-saved = Saved. They are there again.
care-worker-check = I have looked this up today
care-worker-check-what = Look the number up in the public register. Your name and the day are kept.
care-worker-do-edit = Change what is written here
care-worker-do-away = Write down time away
care-worker-do-people = The people they are there for
care-worker-profession = What they are
care-worker-registration = Registration
care-worker-number = Registration number
care-worker-supervisor = Who answers for them
care-worker-meets = Meets people who ask for
care-worker-meets-woman = A woman
care-worker-meets-man = A man
care-worker-skills = Knows about
care-worker-languages = Speaks besides English
care-worker-days = Works on
care-worker-weekdays = Monday to Friday
care-worker-limit = Can be there for so many people
care-worker-ask-first = Ask first, because
care-worker-reach = Number that people are told
care-worker-deputy = Deputy
care-worker-number-of = { $register }, number { $number }
care-worker-checked-by = Looked up by { $name } on { $day }
care-worker-supervised-by = { $name } answers for them
care-register-nmc = Nursing and Midwifery Council
care-register-swe = Social Work England
care-register-hcpc = Health and Care Professions Council
care-register-gmc = General Medical Council
care-day-mon = Monday
care-day-tue = Tuesday
care-day-wed = Wednesday
care-day-thu = Thursday
care-day-fri = Friday
care-day-sat = Saturday
care-day-sun = Sunday

care-edit-title = What they are and can do
care-edit-about = This is about { $name }. Colleagues read it when they choose a key worker.
care-edit-save = Save
care-edit-changed = Somebody else changed this meanwhile.
care-edit-profession-hint = Who has no register works with somebody who answers for them.
care-edit-number-hint = Only for nurses, social workers, occupational therapists, psychologists and doctors.
care-edit-number-missing = Give the registration number
care-edit-supervisor-hint = Only where the profession has no register.
care-edit-supervisor-missing = Choose who answers for them
care-edit-meets-hint = Some people ask for a woman or a man. Nobody has to say.
care-edit-meets-not-said = Rather not say
care-edit-skills-hint = Choose what they have done and do well.
care-edit-languages-hint = With a comma between them, such as Polish, Urdu
care-edit-languages-wrong = Write at most 8 languages with a comma between them
care-edit-days-hint = Nothing chosen means Monday to Friday.
care-edit-limit-hint = More is possible with a reason. Leave it empty if nobody has agreed on a number.
care-edit-limit-wrong = Give a number up to 200, or leave it empty
care-edit-ask-first-hint = For example: back from leave, exams in May. Leave it empty if nothing speaks against giving them people.
care-edit-reach-hint = A number at work. People are told it.
care-edit-reach-wrong = This is not a phone number
care-edit-deputy-hint = Does their work when they are away and the one who was named is away as well.
care-edit-line-wrong = Write it in one line
care-edit-own = Nobody answers for themselves or is their own deputy

care-away-title = Time away
care-away-about = This is about { $name }. Why they are away is not asked.
care-away-from = First day away
care-away-to = Last day away
care-away-cover = Who covers?
care-away-cover-hint = They see the tasks and the people, and must be there themselves.
care-away-cover-choose = Choose a colleague
care-away-cover-missing = Choose who covers
care-away-cover-away = Whoever covers is away on one of these days. Choose somebody else
care-away-order = The last day is before the first

care-people-title = People of { $name }
care-people-none = They are there for nobody in this team.
care-people-hand-over = Hand people over
care-people-about = Each of these people is told who is there for them from now on.
care-people-who = Who is handed over?
care-people-who-hint = Choose one or more.
care-people-who-missing = Choose who is handed over
care-people-to = To whom?
care-people-button = Hand over
care-people-done = They were handed over. Each of them will be told.
care-left-title = Some people stayed where they were
care-left-given = { $count ->
    [0] Nobody was handed over.
    [one] 1 person was handed over, and will be told.
   *[other] { $count } people were handed over. Each of them will be told.
}
care-left-intro = These people stayed where they were. Nothing was changed about them.
care-left-why = Why
care-left-with = { $name } is their key worker by now.
care-left-nobody = They have no key worker by now. They wait in the list of the team.
care-left-not-offered = Whoever you chose does not work in the team that has them now.
care-left-stale = Somebody changed them at the same moment. Look at them and try again.
care-left-hidden = They are with a team of which you do not see people.
care-left-unseen = { $count ->
    [one] 1 person is with a team of which you do not see people.
   *[other] { $count } people are with a team of which you do not see people.
}

care-capacity-title = How full the teams are
care-capacity-at = Counted { $when }. It holds numbers, and nothing about anybody who asked for help.
care-capacity-none = You are in no team that takes people.
care-capacity-waiting = People waiting for a key worker
care-capacity-late = Of them, more than 5 working days
care-capacity-uncovered = People whose key worker is not there and nobody covers
care-capacity-carried = People with a key worker here
care-capacity-free = Free places
care-capacity-away = Colleagues away today

care-cover-title = For { $name }, who is away until { $day }
care-cover-people = Their people
care-cover-all = Everything that waits for { $name }
care-cover-no-tasks = No task has their name here.
care-cover-no-people = They are nobody's key worker here.
care-cover-nothing = Nothing waits for them today.
