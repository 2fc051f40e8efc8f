## Is this somebody we know? For staff who look at a new request.

match-title = Is this somebody we know?
match-intro = These people asked for help before, or somebody asked for them, and something of what they told us agrees. Only your team’s people are shown. Whom this page shows is recorded.
match-check = Look twice: a wrong match can harm two people
match-check-share = Different people share a name, a date of birth, a phone and an address: twins, a parent and a child, people in one hostel.
match-check-wrong = A wrong match shows one person’s story to somebody who helps another. If you are not sure, ask the person. You can come back to this page.
match-more = There are more people like this than are shown here. Ask the person for something else that tells them apart.
match-nobody-found = Nobody your team may see was found.
match-nobody-why = What tells them apart (you can leave this empty)
match-nobody-why-hint = For example, “she says that she has never asked before”.
match-nobody-button = It is nobody of these
match-nobody-found-button = Record that nobody was found
match-row-agrees = What agrees
match-row-differs = What does not agree
match-row-ruled-out = Said before
match-ruled-out = Somebody said that this is another person
match-apart-nhs-number = The NHS numbers are not the same
match-apart-born = The dates of birth are not the same
match-apart-name = No part of the names sounds alike
match-compare = Compare with { $name }
match-compare-title = Is it the same person?
match-against = This speaks against it
match-table = The two requests side by side
match-column-fact = Fact
match-column-this = This request
match-column-other = The other one
match-column-says = What that says
match-mark-agrees = Agrees: { $what }
match-mark-differs = Not the same
match-row-reference = Reference
match-row-name = Name
match-row-nhs-number = NHS number
match-row-postcode = Postcode
match-row-gp = GP practice
match-why = What convinced you that it is the same person?
match-why-hint = For example, “she told me her date of birth and the end of her number”. Others will read it.
match-why-missing = Write down what convinced you
match-button = It is the same person
match-no = No, or I am not sure: back to the list
match-part = Have they asked before?
match-part-involved = Who is involved already
match-not-looked = Nobody has looked yet whether we know this person.
match-look = Look for earlier requests of this person
match-row-with = The same person as in
match-row-why = What convinced them
match-row-wrong = If that is wrong
match-undo = Say that it is somebody else
match-row-since = Since
match-row-request = Request
match-others = Their other requests
match-others-more = { $count ->
    [one] { $count } more request of theirs
   *[other] { $count } more requests of theirs
}
match-column-ended = Where it is, or how it ended
match-nobody-said =
    { $count ->
        [0] Nobody was found who may be the same person: { $by }.
        [one] The one person who was shown is somebody else: { $by }.
       *[other] Of { $count } people who were shown nobody is this person: { $by }.
    }
match-ended = Matches that were taken back
match-row-ended = Taken back
match-ended-which = { $reference } and { $other } are not the same person
match-row-ended-why = Why
match-undo-title = It is somebody else
match-undo-what = Somebody said that { $reference } and { $other } are the same person’s. Take that back if it is wrong.
match-undo-then = Each request keeps what came with it, so that everything is as it was before. Both steps stay in the history. If something was done because of the wrong match, say so to your manager: it is an incident.
match-undo-why = Why is it somebody else?
match-undo-why-hint = Others will read it.
match-undo-why-missing = Write down why it is somebody else
match-undo-button = Take the match back
match-flags = From their other requests, before you ring or write
match-flag-on = { $what } ({ $reference })
match-flag-page = The duty person is being rung, and nobody has answered
match-flag-danger = Danger was said, and no senior has looked since
match-flag-held = It is not safe to tell them that somebody asked; looked at again on { $day }
match-flag-not-told = They do not know that somebody asked for them
match-flag-through = The way to reach them belongs to somebody else
match-flag-no-names = No message may say who it is from
match-flag-no-voicemail = Leave no voicemail
match-flag-times = Safe times: { $times }
match-flag-code-name = Say that you are { $name }
match-done-matched = You have said that it is the same person.
match-done-unmatched = The match was taken back. Everything is as it was before.
match-done-nobody = You have said that it is nobody of these.
match-done-already = They are known to be the same person already.
match-event-matched = Said to be the same person as in another request
match-event-unmatched = A match was taken back
match-event-nobody = Said to be nobody of those who were shown
match-duplicate-which = Which of their requests do we work on?
match-duplicate-live = { $reference }, asked on { $day }: { $state }
match-duplicate-another = Another one
match-duplicate-missing = Choose the request we work on
