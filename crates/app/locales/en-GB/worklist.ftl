## The lists of a team: views, filters, giving what is to be done to somebody.

worklist-views = Lists
worklist-all = Everybody
worklist-duty = Duty calls
worklist-duty-intro = People who flagged danger or asked for a call, and who have not been reached. Take the call on the duty board.
worklist-duty-empty = Nobody is waiting for a duty call.
worklist-screening = To open
worklist-screening-intro = Requests that nobody has opened yet. People who flagged danger or asked for a call come first, then those who have waited longest.
worklist-screening-empty = Every request has been opened.
worklist-triage = To triage
worklist-triage-intro = Opened, and waiting for a senior to decide how soon somebody sees the person.
worklist-triage-empty = Nobody is waiting for triage.
worklist-decisions = To decide
worklist-decisions-intro = Triaged, and waiting for a decision: where help is, whether to stop, or what a panel says.
worklist-decisions-empty = Nobody is waiting for a decision.
worklist-handovers = Handovers
worklist-handovers-intro = People whom another service is asked to take over, until they have met. Until then they are ours.
worklist-handovers-empty = Nobody is being handed over.
worklist-follow-ups = Follow-up checks
worklist-follow-ups-intro = People who were given advice. Ask how things are on the day you promised. What is due first comes first.
worklist-follow-ups-empty = No follow-up check is owed.
worklist-count = , { $count } people

worklist-empty-narrowed = Nobody fits all of these filters. Take one away to see more people.
worklist-empty-wider = Show this list without filters
worklist-empty-all = Show everybody
worklist-look-again = Look for new people
worklist-who = Who does it
worklist-who-me = You
worklist-who-none = Nobody by name
worklist-any = Any
worklist-age = Age
worklist-age-child = Under 18 when they asked
worklist-age-adult = 18 or over
worklist-age-not-known = Age not known
worklist-source = Who asked
worklist-source-me = The person
worklist-source-someone = Somebody who knows them
worklist-source-professional = A professional
worklist-category = How soon
worklist-category-none = Not decided
worklist-talks = Language and format
worklist-talks-language = Named a language
worklist-flagged = Flagged
worklist-flagged-only = Flagged, and not triaged

worklist-choose = Choose { $name }
worklist-choose-all = Choose all on this page
worklist-give-title = Who does it
worklist-give-hint = Choose people in the list, then say who does what comes next for them. Duty calls are taken on the duty board.
worklist-give-to = Give to
worklist-give = Give the chosen people
worklist-give-nobody = Choose who
worklist-give-me = You
worklist-give-team = The team, nobody by name
worklist-give-no-rows = Choose at least one person in the list
worklist-give-no-one = Choose who does it
worklist-done-given = { $count ->
    [0] There was nothing to give
    [one] 1 person given
   *[other] { $count } people given
}
worklist-left-title = Some people were not given
worklist-left-given = { $count ->
    [0] Nobody was given to { $name }.
    [one] 1 person was given to { $name }.
   *[other] { $count } people were given to { $name }.
}
worklist-left-gone = { $count ->
    [one] 1 person is not on a list of yours any more.
   *[other] { $count } people are not on a list of yours any more.
}
worklist-left-why = These were changed by somebody else after you opened the list. We did not touch them. Look at what changed first.
worklist-left-changed = What changed
worklist-left-fixed = Nothing of these people can be given. Each of them is with somebody already, or nothing is open.
worklist-left-who-has = Who has them
worklist-left-worker = { $name } is their key worker.
worklist-left-service = { $name } was asked to take them.
worklist-left-call = { $name } has the duty call.
worklist-left-board = A duty call waits. It is taken on the duty board.
worklist-left-nothing = Nothing is to be done that can be given.
worklist-left-again = Give these to { $name } too

worklist-kept = Your filters
worklist-keep = Keep this filter
worklist-keep-intro = It shows the same list with the same filters, for whichever of your teams you look at. Only you see it.
worklist-keep-name = What do you want to call it?
worklist-keep-name-hint = For example, “Mine, under 18”. Do not use anybody’s name or details.
worklist-keep-name-missing = Enter a name for the filter
worklist-keep-name-long = The name must be 60 characters or fewer
worklist-keep-name-taken = You have a filter with this name. Enter another name
worklist-keep-too-many = You keep 20 filters. Remove one before you keep another
worklist-keep-button = Keep it
worklist-kept-title = Your filters
worklist-kept-intro = Filters that you keep. Only you see them.
worklist-kept-none = You keep no filter yet. Narrow a list down, then choose “Keep this filter”.
worklist-kept-change = Change your filters
worklist-kept-rename = Rename
worklist-kept-remove = Remove
worklist-done-kept = The filter is kept
worklist-done-removed = The filter is removed

worklist-print = { $county }. Printed by { $name }, { $at }. Handle it as a record: names of people who asked for help are on it.
worklist-print-narrowed = The list is narrowed down by filters.
worklist-print-part = This is one page of a longer list.

worklist-keys = Keyboard shortcuts
worklist-keys-when = They work on the lists, never while you type.
worklist-keys-on = Use shortcuts
worklist-keys-close = Close
worklist-key-next = Next person
worklist-key-before = Person before
worklist-key-open = Open the person
worklist-key-choose = Choose the person, or not
worklist-key-give = Go to “Give to”
worklist-key-filter = Go to the filters
worklist-key-help = Show this help
