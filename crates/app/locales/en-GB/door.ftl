## The public door: asking for help. Plain words, short sentences, nothing that blames.

door-continue = Continue
door-or = or
door-yes = Yes
door-no = No

# The first page.
door-start-title = Get help with your mental health
door-start-button = Ask for help
door-start-not-emergency = If it is not an emergency, you can ask for help here
door-start-what = Tell us a little about what is happening. A senior mental health professional reads every request and decides what could help. Then we tell you.
door-start-who = You can ask for yourself. You do not need a diagnosis, a doctor's letter or to have been here before.
door-start-same = There is no wrong door. If another service can help you better, we help you to reach it. We do not send you away.
door-start-before = Before you start
door-start-minutes = It takes about 10 minutes. You can stop after the second page and have someone contact you.
door-start-little = You only need a name we can call you and one way to reach you. You can leave out everything marked “optional”.
door-start-reads = People read what you write. Nobody reads it before you send it.
door-start-leave = “Leave this page quickly” takes you to another website. It also forgets what you have not sent.
door-start-phone = If you would rather talk to someone
door-start-phone-line = You can ring { $number } ({ $label }).
door-start-phone-111 = Or ring NHS 111 and choose option 2, day and night. You do not have to use this form.
door-start-more = Read more first
door-start-what-happens = What happens when you ask for help
door-start-families = For families, friends and carers
door-start-myths = Myths about mental health
door-start-all = All pages

# Who it is for.
door-who-title = Who is the help for?
door-who-me = Me
door-who-someone = Someone else
door-who-someone-hint = A family member, a friend, or somebody you work with
door-who-missing = Choose who the help is for
door-someone-title = Asking for someone else is not here yet
door-someone-what = You cannot use this form for someone else yet. That is not your fault, and you can still get them help today.
door-someone-ring = Ring one of the numbers below and say that you are worried about someone. You do not need to know what is wrong. If you are a professional, ring the same numbers.
door-someone-together = If they want help and can sit with you, they can fill in this form as themselves while you help them type.

# Nothing can be saved: no cookies, or the county has not opened.
door-cookie-title = Your browser does not keep what you type
door-cookie-what = This form needs one cookie, so that only you can open what you type. Your browser refused it, or it ended when you left this page. Nothing has been sent.
door-cookie-do = Allow cookies for this website and start again. Or use another browser.
door-cookie-ring = Or ring one of the numbers below. You do not need this form to get help.
door-cookie-kept = What you typed, to copy or to read out
door-closed-title = This form is not open yet
door-closed-what = We cannot take your request here at the moment. That is not your fault. Nothing has been sent.
door-closed-ring = Please ring one of the numbers below. You can get help without this form.

# The safety page.
door-danger-title = Is any of this true right now?
door-danger-why = We ask everyone. If something here is true, the next page shows where help is now. You can still go on with this form. Choose all that are true.
door-danger-ending-life = I am thinking about ending my life
door-danger-plan-or-means = I have a plan to end my life, or the things to do it with
door-danger-already-hurt = I have hurt myself or taken something
door-danger-someone-else = Someone else is in danger
door-danger-not-safe-from = I am not safe from someone
door-danger-children-unsafe = I look after children and I am worried I cannot keep them safe
door-danger-very-unwell = I am very unwell in my body, or very confused
door-danger-none = None of these
door-danger-missing = Choose what is true right now, or “None of these”
door-not-watched = Nobody watches a form that has not been sent.
door-not-sent-yet = You have not sent anything yet.

# The emergency page.
door-emergency-title = Please get help now
door-emergency-what = Thank you for telling us. That can be very hard. You do not have to manage this alone.
door-emergency-silent = If you call 999 from a mobile and it is not safe to speak, press 55 when you are asked to.
door-emergency-call = We can ring you
door-emergency-next = If you can keep yourself safe for now
door-call-me = Call me
door-call-me-what = If you choose “Call me”, we only ask for a name and a phone number. We send it at once to the person on duty.
door-safe-for-now = I can keep myself safe for now – continue

# Nobody is on duty.
door-nobody-title = Nobody from this service is here right now
door-nobody-until = Nobody from this service will read what you send before { $when }.
door-nobody-unknown = Nobody from this service will read what you send for now. We do not know when somebody will next be here.
door-nobody-ring = If you need help before then, ring 111 and choose option 2 now. If a life is in danger, ring 999.

# Call me.
door-call-me-title = Where can we call you?
door-call-me-how = We send this at once, with anything you have told us so far. The next page tells you by when to expect the call.
door-call-me-voicemail = If you do not answer, we do not leave a message. We try again.

# What to call you.
door-called-title = What should we call you?
door-called-why = Any name you like. It does not have to be your full name or your legal name.
door-called-empty = Enter a name we can call you. It can be any name
door-called-too-long = The name we call you must be 200 characters or fewer
door-called-control = The name we call you has a character that we cannot read. Type it again

# How to reach you.
door-contact-title = How can we reach you safely?
door-contact-why = Choose every way that only you see or hear, or that is safe if others do. We try them in the order of this list.
door-contact-missing = Choose how we can reach you. If you have no phone and no address, choose “In person”
door-by-call = Phone call
door-by-text = Text message
door-by-email = Email
door-by-letter = Letter
door-by-person = In person: I have no phone and no address
door-call-phone = Phone number to call
door-text-phone = Mobile number to text
door-phone-hint = For a number outside the UK, start with + and the country code
door-phone-empty = Enter a phone number
door-phone-bad-character = The phone number must have only numbers, spaces and +
door-phone-too-short = The phone number is too short. Enter all of it, with the area code
door-phone-too-long = The phone number is too long. Check it and type it again
door-phone-no-prefix = The phone number must start with 0, or with + and the country code
door-phone-not-uk = That is not a UK phone number. Check it, or start with + and the country code
door-phone-not-mobile = That number cannot get text messages. Enter a mobile number, or choose “Phone call”
door-voicemail = May we leave a voicemail? (optional)
door-voicemail-hint = If you do not choose, we do not leave one
door-email = Email address
door-email-hint = Only if nobody else reads it
door-email-empty = Enter an email address
door-email-too-long = The email address is too long. Check it and type it again
door-email-not-one-at = Enter an email address with one @, like name@example.com
door-email-bad-character = The email address has a space or a sign that email addresses do not have
door-email-bad-name = Check the part of the email address before the @
door-email-bad-domain = Check the part of the email address after the @, like example.com
door-address = Postal address
door-address-hint = With the postcode. A letter takes several days
door-address-empty = Enter the address for the letter
door-address-too-long = The address must be 10,000 characters or fewer
door-address-control = The address has a character that we cannot read. Type it again
door-place = Where can we find you?
door-place-hint = A place you go to and when, and who to ask for. For example, the library on weekday mornings. You can also come to us: the numbers and places are on every page
door-place-empty = Tell us a place where we can find you, or choose another way
door-code-name = If someone else answers, who should we say is calling? (optional)
door-code-name-hint = For example, “Sam from the library”. If you leave this empty, we only say a first name
door-say-nhs = May we say that it is the NHS? (optional)
door-say-nhs-hint = If you do not choose yes, our messages name no service and do not say what they are about
door-safe-times = When is it safe to reach you? (optional)
door-safe-times-hint = For example, weekdays after 4pm
door-safe-times-too-long = The safe times must be 200 characters or fewer
door-safe-times-control = The safe times have a character that we cannot read. Type them again

# Sending early.
door-so-far = Send what I have told you and have someone contact me

# How old.
door-age-title = How old are you? (optional)
door-age-why = Everyone can ask for help here. If you are under 18, people who work with young people help you. We do not tell your parents unless you say so, or somebody is in danger.
door-age-adult = 18 or over
door-age-16-17 = 16 or 17
door-age-under-16 = Under 16
door-age-not-said = I would rather not say

# Why now.
door-why-now-title = What is happening, and why are you asking now?
door-why-now-why = In your own words. A few are enough. It helps us to know what would help most, and what matters to you.
door-why-now-empty = Tell us what is happening, in a few words
door-why-now-too-long = What you tell us must be 10,000 characters or fewer. You can tell us the rest when we talk
door-why-now-control = What you wrote has a character that we cannot read. If you copied it from somewhere, type it instead

# What else you want us to know. All of it can be left out.
door-optional-page = You can leave this page empty.
door-none-of-these = None of these
door-line-too-long = This must be 200 characters or fewer
door-words-too-long = This must be 10,000 characters or fewer. You can tell us the rest when we talk
door-words-control = What you wrote has a character that we cannot read. Type it again
door-help-title = What would help? (optional)
door-would-help = What would help you most?
door-would-help-hint = It is fine if you do not know
door-matters = What matters to you?
door-matters-hint = People, things you like to do, what you hope for
door-needs-title = What do you need from us? (optional)
door-needs-why = We tell everyone who helps you, so that you need not ask again.
door-language = Which language do you speak best?
door-language-hint = Leave this empty if it is English
door-needs-talking = For talking
door-needs-reading = For reading
door-needs-meeting = For meeting
door-needs-other = Anything else we should do or know?
door-needs-other-hint = For example, a noise or a smell that is hard for you, or a name you do not want to hear
door-need-interpreter = An interpreter
door-need-bsl = A British Sign Language interpreter
door-need-lip-reading = Someone whose lips can be read, or a lipspeaker
door-need-deafblind = Someone who can communicate with deafblind people
door-need-text-relay = Calls by text relay
door-need-advocate = Someone to speak up with me (an advocate)
door-need-easy-read = Easy Read
door-need-large-print = Large print
door-need-braille = Braille
door-need-audio = Audio
door-need-electronic-text = Text for a screen reader
door-need-with-someone = To have someone with me
door-need-more-time = More time
door-need-quiet-place = A quiet place
door-need-step-free = No steps
door-need-at-home = At home: going out is hard
door-need-woman = A woman
door-need-man = A man
door-need-reminders = Reminders
door-need-no-phone-calls = No phone calls: they are very hard
door-caring-title = Do you care for someone? (optional)
door-caring-why = So that we think of them too. It does not count against you. Choose all that are true.
door-caring-children = Someone under 18 lives with me, or I look after them
door-caring-pregnant-or-baby = I am pregnant, or have a baby under 1
door-caring-adult = I look after an adult
door-caring-young-carer = I am under 18 and look after someone
door-caring-about = Tell us more (optional)
door-caring-about-hint = For example, how old the children are, and who helps you
door-practical-title = Is any of this hard right now? (optional)
door-practical-why = We help with these too, or know who does. Choose all that are true.
door-strain-no-home = I have no home: the street, a sofa, a hostel
door-strain-home-at-risk = I could lose my home, or it is not safe or fit to live in
door-strain-money = Money, debt or benefits
door-strain-work = Work, school or college
door-strain-alcohol = Alcohol
door-strain-drugs = Drugs
door-strain-gambling = Gambling
door-strain-legal = Police, courts or the law
door-strain-alone = Being alone too much
door-practical-about = Tell us more (optional)
door-practical-about-hint = Only what you want us to know
door-before-title = Has any of this made it hard to get help? (optional)
door-before-why = Nobody is sent away because of these. They help us to find what fits. Choose all that are true.
door-signal-coping-day-to-day = Getting through the day is what I need help with
door-signal-hard-to-start = I want help, but it is hard to get started
door-signal-too-anxious = I am too anxious to come, to ring or to be in a group
door-signal-told-did-not-fit = I was told I did not fit, or to come back when it is worse
door-signal-therapy-not-enough = I had talking therapy and it was not enough
door-talk-to = Is there someone we may talk to about this? (optional)
door-talk-to-hint = Their name, and who they are to you. If you leave this empty, we talk to nobody
door-row-talk-to = You may talk to: { $who }
door-row-would-help = What would help: { $value }
door-row-matters = What matters to me: { $value }
door-row-language = I speak best: { $value }
door-no-address = I have no fixed address
door-no-address-legend = If you have no postcode

# About you.
door-about-title = Who you are (optional)
door-about-why = This helps us to find your records. Then you do not have to tell it all again.
door-about-optional = You can leave out any of it, or all of it. We help you just the same.
door-full-name = Full name (optional)
door-full-name-too-long = The full name must be 200 characters or fewer, or leave it empty
door-full-name-control = The full name has a character that we cannot read. Type it again, or leave it empty
door-born = Date of birth (optional)
door-born-hint = For example, 15 3 1984
door-born-no-day = The date of birth must have a day, or leave all of it empty
door-born-no-month = The date of birth must have a month, or leave all of it empty
door-born-no-year = The date of birth must have a year, or leave all of it empty
door-born-not-real = The date of birth must be a real date, like 15 3 1984, or leave all of it empty
door-born-in-future = The date of birth must be in the past, or leave all of it empty
door-born-too-long-ago = The date of birth must be within the last 120 years, or leave all of it empty
door-nhs-number = NHS number (optional)
door-nhs-number-hint = 10 numbers. It is on letters from the NHS and in the NHS App
door-nhs-number-not-digits = The NHS number must have only numbers and spaces, or leave it empty
door-nhs-number-wrong-length = The NHS number must have 10 numbers, or leave it empty
door-nhs-number-wrong = That is not a right NHS number: one of its numbers may be wrong. Check it, or leave it empty
door-gp = GP practice (optional)
door-gp-hint = Its name, as you know it
door-gp-too-long = The GP practice must be 200 characters or fewer, or leave it empty
door-gp-control = The GP practice has a character that we cannot read. Type it again, or leave it empty
door-postcode = Postcode (optional)
door-postcode-hint = Leave it empty if you have no fixed address
door-postcode-first-half = Enter all of the postcode, like LS1 4AP, or leave it empty
door-postcode-wrong = That is not a UK postcode. Enter one like LS1 4AP, or leave it empty

# Permissions.
door-permissions-title = What may we do?
door-permissions-contact = We get in touch with you only in the way you chose.
door-permissions-care = We use what you tell us to help you. The law lets us do that because it is our job, so we do not ask you to agree to it.
door-permissions-privacy = How we use your information
door-tell-gp = May we tell your GP that you asked for help?
door-tell-gp-hint = We help you whatever you choose. You can change your mind.
door-tell-gp-missing = Choose yes or no: may we tell your GP?

# Check your answers.
door-check-title = Check your answers
door-check-missing = Some answers are still needed. Each link takes you there, and then back here.
door-check-danger = You told us that you may not be safe
door-letter-slow = You chose a letter, which takes several days. “Call me”, or one of the numbers on this page, is much faster.
door-check-now = Now send it
door-check-true = You need not be sure that everything is right. You can tell us more when we talk.
door-send = Send
door-row-unanswered = Not answered yet
door-row-nothing = Nothing. That is fine
door-row-answer = Answer
door-row-change = Change
door-row-call = Call { $number }
door-row-text = Text { $number }
door-row-email = Email { $address }
door-row-letter = A letter to:
door-row-voicemail-yes = You may leave a voicemail
door-row-voicemail-no = Do not leave a voicemail
door-row-nhs-yes = You may say that it is the NHS
door-row-nhs-no = Do not say that it is the NHS
door-row-times = Safe times: { $value }
door-row-code-name = If someone else answers, say it is: { $value }
door-row-person = In person:
door-row-full-name = Full name: { $value }
door-row-born = Date of birth: { $value }
door-row-nhs-number = NHS number: { $value }
door-row-gp = GP practice: { $value }
door-row-postcode = Postcode: { $value }
door-row-gp-yes = Yes, you may tell my GP
door-row-gp-no = No, do not tell my GP

# Sent.
door-sent-title = We have your request
door-sent-reference = Your reference is
door-sent-keep = Keep this reference. It tells us who you are without your name, and tells nobody else anything.
door-sent-next = What happens next
door-sent-received = We received your request on { $when }.
door-sent-call-by = The person on duty rings you by { $when }.
door-sent-contact-by = The person on duty gets in touch with you by { $when }.
door-sent-call-unknown = We have asked for a call to you. Nobody is on duty, so we cannot say when it will come. Please do not wait for it: ring 111 and choose option 2.
door-sent-read-by = A senior mental health professional will have read your request by { $when }. They decide what could help, and then we tell you.
door-sent-read-unknown = A senior member of staff reads it as soon as somebody is here.
door-sent-by-call = We call you on the number you gave. We say who we are only to you.
door-sent-by-text = We text the number you gave.
door-sent-by-email = We write to the email address you gave.
door-sent-by-person = We look for you where you said we can find you.
door-sent-by-letter = We write to the address you gave.
door-sent-worse = If it gets worse while you wait
door-sent-worse-do = Do not wait for us. Use one of these now.
door-sent-back = If you want to add something, or change your mind
door-sent-back-how = Ask again here at any time, or tell us when we are in touch. Say your reference. If you no longer want help, that is all right, and you can come back whenever you like.
door-sent-print = You can print this page or write the reference down. It can be seen in this browser until you close it or leave this page quickly.

# Help now.
door-crisis-title = Help in a crisis
door-crisis-local = Numbers in { $county }
door-crisis-line = { $label }: { $number } ({ $hours })
places-open-title = Open now in { $county }
places-later-title = Open later in { $county }
places-always = Open day and night
places-open-until = Open now, until { $time }
places-opens-today = Opens today at { $time }
places-opens = Opens on { $when }
places-closed = Not open in the next two weeks
places-hours = All opening hours
places-holidays-closed = Bank holidays: closed
places-holidays-same = Bank holidays: as on other days
places-holidays-sunday = Bank holidays: as on a Sunday
places-checked = We last checked this on { $date }.
door-crisis-happens = What happens when you ring 111 and choose option 2
door-crisis-happens-111 = A trained person asks what is happening and listens. They can arrange for a mental health team to help you, today if you need it.
door-crisis-not-bother = You are not bothering anyone. This is what the numbers are for.

# How we use your information.
door-privacy-who = The mental health services of { $county } work together on this form. They are responsible for what you tell us.
door-privacy-what = What we keep
door-privacy-what-told = what you tell us here: how to reach you, what is happening, and anything about you that you choose to give
door-privacy-what-done = what we do about it: who read it and when, what was decided, and the messages we send you
door-privacy-why = Why we may use it
door-privacy-why-care = We use it to give you care and to keep you safe. We do not use it for adverts, and we do not sell it.
door-privacy-why-law = The law lets us do this because care is our public task, and because health information is needed to give health and social care (UK GDPR, Articles 6(1)(e) and 9(2)(h)). So we do not ask you to agree to it. We do ask before we tell your GP.
door-privacy-sees = Who sees it
door-privacy-sees-staff = Only staff who help with your request: the team that reads it, and the team that takes it on. Each has a duty to keep it private.
door-privacy-sees-gp = Your GP, if you said yes.
door-privacy-sees-danger = If we believe that you, a child or someone else may come to serious harm, we may have to tell those who can help, even if you said no. We tell you when we do, unless that would make it less safe.
door-privacy-log = We write down everyone who looks at your record. You can ask who did.
door-privacy-keep = How long we keep it
door-privacy-keep-draft = What you have typed and not sent is removed after 30 days. “Leave this page quickly” makes it unreadable at once.
door-privacy-keep-record = What you send becomes part of your health record. The NHS Records Management Code says how long that is kept.
door-privacy-cookie = This form uses one cookie, so that only your browser can open what you typed. It ends when you close the browser. Nothing follows you around.
door-privacy-rights = Your rights
door-privacy-right-see = You can see what we hold about you and have a copy.
door-privacy-right-correct = You can have mistakes put right.
door-privacy-right-object = You can object to how it is used. Tell us and we will talk about it.
door-privacy-rights-how = Tell any member of staff who is helping you. They pass it to the right person, and you need no form.
door-privacy-ico = If you are not happy with what we do, you can complain to the Information Commissioner's Office: ico.org.uk, or 0303 123 1113.

# Accessibility.
door-access-title = Accessibility statement
door-access-who = This is about the pages on which people ask for help in { $county }.
door-access-can = What you should be able to do
door-access-script = use every page without JavaScript
door-access-zoom = zoom to 400% without scrolling sideways
door-access-keyboard = use every page with only a keyboard, and with a screen reader
door-access-read = read most of it at a reading age of about 11
door-access-status = How accessible it is
door-access-standard = The pages are made to meet the Web Content Accessibility Guidelines 2.2, level AA. Every page is tested by program.
door-access-not-yet = No independent audit with disabled people has been made yet. Many pages have Easy Read. It was not checked yet by people who use Easy Read. There is no British Sign Language version yet. Until there is, please ring.
door-access-help = If something does not work for you
door-access-help-how = Tell any member of staff, or ring one of the numbers below. Through Relay UK you can ring by typing. You can ask for large print, Easy Read or an interpreter.
door-access-enforce = If you are not happy with our answer
door-access-enforce-how = The Equality and Human Rights Commission enforces the accessibility regulations of 2018. The Equality Advisory and Support Service can advise you: equalityadvisoryservice.com, or 0808 800 0082.
