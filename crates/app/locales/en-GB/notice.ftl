## Messages out. What is sent without "OK to say NHS" names no service, no subject and no reference.

notice-subject-neutral = A message for you
notice-subject-received = { $service }: we have your request, reference { $reference }
notice-subject-about = { $service }: about your request, reference { $reference }

notice-received-have = Thank you for asking for help. We have your request. Your reference is { $reference }.
notice-received-read-by = A senior member of our team will read it by { $when }.
notice-received-then = After that, we will tell you what happens next.
notice-received-short = { $service }: we have your request. Your reference is { $reference }. A senior member of our team will read it by { $when }.
notice-received-neutral = We have what you sent us, and we will read it by { $when }. You do not need to do anything now.

notice-accepted-by = { $team } will help you. They have taken on your request. Its reference is { $reference }.
notice-accepted-next = What happens next, on { $day }:
notice-accepted-ask = If you ring, ask for { $name }.
notice-accepted-short = { $service }: { $team } will help you. They have taken on your request. Its reference is { $reference }. The next step is on { $day }. If you ring, ask for { $name }.

notice-key-worker = { $name } of { $team } is there for you. Your reference is { $reference }.
notice-key-worker-role = { $name }, { $role }, of { $team } is there for you. Your reference is { $reference }.
notice-key-worker-now = From now on, { $name } of { $team } is there for you. Your reference is { $reference }.
notice-key-worker-now-role = From now on, { $name }, { $role }, of { $team } is there for you. Your reference is { $reference }.
notice-key-worker-reach = You can ring { $name } on { $number }.
notice-key-worker-other = If you would like somebody else, tell us. You need not say why.

notice-subject-handover = Somebody waits for your answer, reference { $reference }
notice-handover-offered = { $service } asks whether you can help somebody. Our reference is { $reference }. Please tell us by { $when }. Until you have met them, we look after them.
notice-handover-link = Read what they told us, and answer, here: { $link } The link works once, for you. Please do not pass it on.
notice-handover-carry = Thank you for saying that you can help somebody. Our reference is { $reference }. When you have met them, please tell us, by { $when }. Until then, { $service } looks after them.
notice-handover-carry-link = You can say so here: { $link } The link is for you. Please do not pass it on.
notice-gp-reminder = We wrote to you. Our reference is { $reference }. Please tell us that you have read it.
notice-handover-on = They will be in touch on { $day }.
notice-handover-accepted = { $to } will help you. { $name } will be in touch. You meet by { $when }. Your reference is { $reference }.
notice-introduction = { $name } of { $to } will be in touch with you. You meet by { $when }. Your reference is { $reference }.
notice-introduction-copy = { $service } wrote to somebody you said you can help. It says that { $name } will be in touch. Our reference is { $reference }. Please meet by { $when }.
notice-handover-hold = Until you have met, we look after you.
notice-handover-back = { $to } cannot help you now. That is not because of you. We still look after you, and find somebody else by { $when }. Your reference is { $reference }.
notice-redirected = You have met { $to }, and they help you now. Ask for { $name }. Your reference is { $reference }.
notice-news-redirected = { $to } is helping them.
notice-advised-read = A senior member of our team has read your request, reference { $reference }. This is our advice:
notice-advised-options = Other places that can help:
notice-advised-check = We will ask you how things are on { $day }.
notice-advised-back = If this does not help, or things get worse, come back to us at any time. You do not need to start again.
notice-advised-short = { $service }: we have an answer to your request, reference { $reference }. We do not put it in a text.

notice-withdrawn-stopped = As you asked, we have stopped working on your request, reference { $reference }.
notice-withdrawn-back = You can come back to us at any time. You do not need to say why.
notice-withdrawn-neutral = As you asked, we have stopped. You can come back to us at any time.

notice-duplicate-joined = You asked us for help more than once. We have joined this request, reference { $reference }, to the one we are already working on. Nothing is lost.
notice-duplicate-live = From now on, please use the reference { $live }.
notice-duplicate-neutral = You got in touch with us more than once. We have put everything together, so nothing is lost. You do not need to do anything.

notice-neutral-start = You asked us to send a message here.
notice-neutral-answer = We have an answer for you.
notice-ring = Please ring { $number } when it suits you.
notice-get-in-touch = Please get in touch with us again when it suits you.
notice-ring-us = To talk to us, ring { $number }.
notice-help-999 = If a life is in danger, call 999 or go to A&E now.
notice-help-111 = For urgent mental health help at any time, call 111 and choose option 2.
notice-help-line = { $label }: { $number } ({ $hours })
notice-from = From { $service }

## To staff. Nothing about the person: it may be read on a locked screen.

notice-page-subject = OneDoor: somebody needs a call now
notice-page-text = Somebody needs a call now. Sign in to OneDoor and open the duty page: { $address }
notice-page-crisis-line = Nobody from { $service } is on duty at the moment. Somebody asked for a call on { $when }.
notice-page-note = Ring { $label } on { $number } and tell them that somebody is waiting for a call.
notice-page-no-number = There is no crisis line in the settings of this county.
notice-page-nobody = Nobody could be rung: no account here is in use with a role that may answer.

## What we note where a provider gave no answer of its own.

notice-mail-slow = The mail server did not answer in { $seconds } seconds.
notice-mail-address = E-mail cannot be sent to this address.

# To a person whom somebody else asked for, and to whoever asked.
notice-asked-for-have = Somebody asked us to help you, and told us that you know and agree. The reference is { $reference }.
notice-asked-for-held = We hold what they told us about you. You can ask us who told us and what, and have mistakes put right.
notice-asked-for-say = If you do not want this, tell us. That is all right.
notice-asked-for-short = Somebody asked us to help you, and told us that you agree. Reference { $reference }. We hold what they told us. If you do not want this, tell us.
notice-you-asked = You asked us to help somebody. The reference is { $reference }.
notice-status-link = See where it stands: { $link }
notice-way-back = For 12 months after this ends you can come back and need not tell your story again. Use this link: { $link } It asks where this message came to. Then we send you a code there, to be sure that it is you. Or go on with your return phrase.
notice-news-received = We have what you sent. A senior professional will have read it by { $when }.
notice-news-dealt = We have what you sent, and it is being dealt with. We can tell you more only if the person agrees.
notice-news-accepted = { $team } is helping them. The next step is on { $day }. You can ask for { $name }.
notice-news-advised = We have given them advice, and ask how they are on { $day }.
notice-news-withdrawn = They do not want to go on for now. They can come back at any time.
notice-news-joined = It was joined to another request for the same person.
notice-news-neutral = We have what you sent, and it is being dealt with.
notice-subject-enquiry = One question, reference { $reference }
notice-enquiry = We have one question about a request that you made for somebody. The reference is { $reference }.
notice-enquiry-own = We have one question about your request. The reference is { $reference }.
notice-enquiry-link = Read it and answer here: { $link } The link works for one answer. Please do not pass it on.
notice-enquiry-by = You can answer until { $when }. We do not wait for it: we go on with what we know.
notice-enquiry-neutral = We have one question for you.

## A checkpoint of the audit, for whoever keeps it.

notice-checkpoint-subject = Checkpoint of the audit: please keep
notice-checkpoint-keep = Please keep this message. It proves what the record of who looked at and changed what said today. It names nobody.
