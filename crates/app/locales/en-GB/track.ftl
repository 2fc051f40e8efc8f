# Following one's own request: reference and phrase, where it is, what can be changed.

# Half an hour passed, or it was finished.
track-over-title = You need to show again that this is your request
track-over-what = To keep it private, this page closes after 30 minutes without a click, and after 2 hours in all. Type your reference and your phrase again.
track-over-do = What you typed was not sent. It is below, so that you can copy it.
track-over-typed = You typed

# The way in.
track-title = See where your request is
track-what = Type the reference we gave you, and the five words of your return phrase.
track-reference = Your reference
track-reference-hint = Eight letters and numbers, such as ABCD 2345
track-reference-empty = Enter your reference
track-reference-wrong = This is not a reference of ours. Look at it again: one letter or number may be wrong
track-phrase = Your return phrase
track-phrase-hint = Five words. Capitals, commas and line breaks do not matter.
track-phrase-empty = Enter the five words of your return phrase
track-phrase-count = A return phrase has five words. Look at it again
track-phrase-word = One of these words is not used in our phrases. Look at it again
track-wrong = We cannot open a request with this reference and this phrase. Look at both again. If it still does not work, please ring us
track-show = Show my request
track-no-phrase = No phrase, or lost it? If you told us an email address or a mobile number that is safe to write to, we can send you a code.
track-code-instead = Get a code instead
track-lost = You can also reach us another way.
track-lost-ring = Ring { $number } and say your reference. You do not have to tell your story again.
track-lost-111 = Ring NHS 111 and choose option 2, or come in and ask.
track-ask-anew = Ask for help again here

# With a code.
track-code-title = Get a code to see your request
track-code-what = Type your reference. Then type the email address or mobile number that you said is safe to write to.
track-code-neutral = The message is only a code. It does not say who we are or what it is about.
track-code-send = Send me a code
track-code-sent = If both are right, and you said that we may write there, we are sending a code now.
track-code-too-often = Too many codes were asked for. Wait an hour and ask again, use your return phrase, or ring us

# Keeping a phrase.
track-phrase-make = Keep a return phrase
track-phrase-title = Your return phrase
track-phrase-once = Write this down now. We show it only once and do not keep it ourselves.
track-phrase-reference = Your reference
track-phrase-words = Your five words
track-phrase-safe = Keep it where only you can find it. Whoever has both can see what you told us.
track-phrase-use = To see where your request is, go to this website and add { $address } to its address, or choose “See where your request is” on the first page. It works for 12 months after your request has ended.
track-phrase-new = If you think somebody else knows it, make a new one. The old one then opens nothing.
track-phrase-on = I have written it down

# Where it is.
track-where-title = Where your request is
track-state-received = We have your request. It waits to be read.
track-state-screening = Somebody is reading your request now.
track-state-triaged = Somebody senior has read your request. They have decided how soon you are seen. Now they look for who can help you best.
track-outcome-accepted = { $team } will help you. Ask for { $name }.
track-outcome-next = What happens next:
track-handover-asked = We think { $to } can help you best. We have asked them.
track-handover-why = This is why:
track-handover-takes = { $to } will help you. { $name } will be in touch. You meet by { $when }.
track-handover-hold = Until you have met, we look after you.
track-outcome-redirected = You have met { $to }, and they help you now. Ask for { $name }.
track-outcome-advised = This is what we advised:
track-outcome-options = Others who can help:
track-outcome-withdrawn = You asked us to stop, and we have. You can come back whenever you like.
track-outcome-joined = You had asked before. Both are one request now. Its reference is { $reference }.
track-outcome-ended = This request has ended.
track-next-call = The person on duty gets in touch with you by { $when }.
track-next-call-taken = Somebody has taken on getting in touch with you, by { $when }.
track-next-read = Somebody senior reads what you told us by { $when }.
track-next-contact = Somebody speaks with you by { $when }.
track-next-decide = We decide who can help you by { $when }, and then we tell you.
track-next-ends = You asked us to stop. By { $when } somebody senior thinks about whether that is safe for you. Then we stop.
track-next-accepted = The next step is on { $day }.
track-next-follow-up = We ask you how things are on { $day }.
track-next-return = You can come back until { $day }. Use your reference and your phrase. You need not tell your story again.
track-worker-title = Who is there for you
track-worker = { $name } is your key worker: the one person who carries on with you.
track-worker-role = { $name }, { $role }, is your key worker: the one person who carries on with you.
track-worker-reach = You can ring { $name } on { $number }.
track-worker-other = If you would like somebody else, choose “Add something” and tell us. You need not say why.
track-message-key-worker = Who is there for you
track-help-by = { $count ->
    [one] We want help to begin for you by { $day }. That is in { $count } day.
   *[other] We want help to begin for you by { $day }. That is in { $count } days.
}
track-help-today = We want help to begin for you today, { $day }.
track-help-late = We wanted help to begin for you by { $day }. We are late, and we are sorry. A manager has been told. You need not wait: ring us.
track-late = This is late. We are sorry. A manager has been told. You need not wait: ring us.
track-ring = Ring us on { $number } and say your reference.
track-steps = What you can do
track-do-worse = Things got worse
track-do-add = Add something
track-do-contact = Change how we reach you
track-do-needs = Change what you need
track-do-again = Come back and ask again
track-do-withdraw = I do not want this any more
track-told = What you told us
track-told-person = You told us on { $when }.
track-told-carer = Somebody who knows you told us on { $when }.
track-told-professional = A professional told us on { $when }.
track-told-staff = We wrote it down for you on { $when }.
track-told-safety = You answered the questions about safety.
track-reach-call = By phone, on the number that ends in { $end }
track-reach-text = By text message, to the number that ends in { $end }
track-reach-email = By email, to the address that begins with { $start }
track-reach-letter = By letter, to the address you gave
track-reach-person = In person, where you said
track-since = What you have said since
track-since-added = You added on { $when }:
track-since-worse = You told us that things got worse, on { $when }.
track-messages = What we sent you
track-message-received = We have your request
track-message-asked-for = Somebody asked us to help you
track-message-accepted = Who will help you
track-message-handover-accepted = Who will help you
track-message-introduction = Who will be in touch
track-message-handover-back = Somebody could not help, and we look on
track-message-redirected = Who helps you now
track-message-advised = Our advice
track-message-withdrawn = You asked us to stop
track-message-duplicate = Two requests are one now
track-message-made = { $by }, { $when }
track-by-email = By email
track-by-text = By text message
track-by-letter = By letter
track-by-call = By phone
track-by-in-person = In person
track-reached-waiting = Not sent yet.
track-reached-sent = Sent.
track-reached-asked = Sent. It only asks you to ring us, because you did not want it to say who we are.
track-reached-arrived = It arrived.
track-reached-failed = It did not arrive. Somebody tells you another way.
track-reached-told = Somebody told you.
track-reached-not-sent = It was not sent, because something changed.
track-keep = Come back to this page
track-keep-what = A return phrase is five words that open this page together with your reference. A new phrase takes the place of the old one.
track-done = When you have finished
track-done-what = This page closes by itself after 30 minutes. On a computer that others use, close it now.
track-finish = Finish
track-done-added = Thank you. We have added it, and somebody reads it.
track-done-changed = Thank you. We have kept it.
track-done-asked = We have your wish to stop. Below you can see what happens now.

# Adding, changing.
track-send = Send
track-save = Keep this
track-add-what = What you write is added to what you told us before. Nothing is changed or lost. Somebody of the team reads it, on a working day.
track-add-words = What would you like to add?
track-add-hint = In your own words, as much or as little as you like.
track-words-empty = Write what you would like to add
track-add-danger = If you are in danger, do not wait for somebody to read this.
track-before = What we have now:
track-still-right = Still right? Then you need not do anything.
track-untouched = What you leave as it is stays the same. To take something away, clear its tick or empty its box.
track-keep-number = Leave this empty to keep the number that ends in { $end }. To change it, type the new number.
track-keep-email = Leave this empty to keep the address that begins with { $start }. To change it, type the new address.
track-keep-address = Leave this empty to keep the address you gave. To change it, type the new address.
track-keep-place = Leave this empty to keep what you told us. To change it, type it anew.
track-reach-others = Somebody else gave us this for you. Please tell us yourself how to reach you.
track-changed-meanwhile = This was changed while the page was open. Look at what we have now, then keep it again

# Asking to stop.
track-withdraw-title = If you do not want this any more
track-withdraw-choice = That is your choice, and it is all right. You do not have to say why.
track-withdraw-senior = First somebody senior thinks about whether it is safe for you to stop. That is within one working day.
track-withdraw-once = They may get in touch with you once, in the way you said is safe. Then we stop, and tell you so.
track-withdraw-back = Nothing closes for good. For 12 months you can come back with your reference and your phrase, and need not tell your story again.
track-withdraw-on = Go on
track-withdraw-not = No, leave everything as it is
track-withdraw-sure = Ask us to stop
track-withdraw-safe = Are you safe right now?
track-withdraw-safe-hint = You do not have to answer.
track-withdraw-safe-yes = Yes, I am safe
track-withdraw-safe-no = No, or I am not sure
track-withdraw-safe-not-said = I would rather not say
track-withdraw-why = Is there something you want to tell us? You do not have to
track-withdraw-send = Ask us to stop

# Things got worse.
track-worse-what = Thank you for telling us. If you cannot wait, use one of these now.
track-worse-asked = We have your wish to stop. You also said that you may not be safe. Please look at this first.
track-worse-questions = Tell us what has changed
track-worse-words = What has changed? You do not have to answer
track-worse-send = Tell us now
track-call-known = We ring the number we have from you, at once.
track-worse-told = We have told the team
track-worse-call = We have called the person on duty. They get in touch with you by { $when }.
track-worse-read = Somebody senior looks at your request again by { $when }.
track-worse-meanwhile = If you cannot wait
track-worse-on = Go on to my request
track-worse-why = The person told us that things got worse.

# Coming back.
track-again-what = This is what you told us before. You need not tell it again. Look at it, and change what is no longer right.
track-again-today = We only ask how things are now. Somebody looks at it the same day.
track-again-start = Start with this
track-again-before = You told us before, on { $when }. Is it still right? If not, change it here.

# On the confirmation and the first page.
track-sent-keep = To see where your request is, to add something or to change your mind, keep a return phrase. It is five words, shown once.

## Why we chose something, from what the person told us.

track-because = We chose this because you told us: { $said }.
track-you-housing = your home is a worry
track-you-money = money is a worry
track-you-isolation = you are alone too much
track-you-work = work or study is a worry
track-you-skills = getting through the day is hard
track-you-practical-help = practical help would do more than talking
track-you-hard-to-start = it is hard to get started
track-you-too-anxious = you are too anxious to come, to ring or to be in a group
track-you-missed-offer = you could not go to help you were offered before
track-you-withdrawn = you have hardly gone out for a long time
track-you-several-or-long = it is more than one thing, or it has gone on for years
track-you-therapy-not-enough = talking was not enough before
track-you-told-did-not-fit = another service said that it was not the right one for you
track-you-perinatal = you are pregnant or have a baby
track-you-substance = you drink or take drugs
track-you-homeless = you have no home of your own
track-you-court = the police, a court or the law is a worry
