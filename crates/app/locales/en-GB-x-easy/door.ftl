## Easy Read: short sentences, one thought each. What is not here is shown in the standard words.

door-continue = Next

# The first page.
door-start-title = Get help with your mental health
door-start-button = Ask for help
door-start-not-emergency = If it is not an emergency, ask us here
door-start-what = You tell us what is wrong. A person reads it. Then we tell you what can help.
door-start-who = You can ask for you. You do not need a letter from a doctor.
door-start-same = We do not send you away. If another team is better for you, we help you to reach them.
door-start-before = Before you start
door-start-minutes = It takes about 10 minutes. You can stop early and ask us to get in touch.
door-start-little = We need a name and one way to reach you. You can leave out the rest.
door-start-reads = People read what you write. They read it only after you send it.
door-start-leave = The button “Leave this page quickly” takes you to another website.
door-start-phone = If you want to talk to a person
door-start-phone-line = Ring { $number }. This is { $label }.
door-start-phone-111 = Or ring 111. Then press 2. You can ring by day and by night.

# Who it is for.
door-who-title = Who needs help?
door-who-me = Me
door-who-someone = Someone else

# The safety page.
door-danger-title = Is any of this true now?
door-danger-why = We ask everyone. Tick all that are true. If one is true, we show you who can help now.
door-danger-ending-life = I think about ending my life
door-danger-plan-or-means = I have a plan to end my life. Or I have the things to do it
door-danger-already-hurt = I hurt myself. Or I took something
door-danger-someone-else = Another person is in danger
door-danger-not-safe-from = A person makes me not safe
door-danger-children-unsafe = I look after children. I am scared I cannot keep them safe
door-danger-very-unwell = My body is very ill. Or I am very confused
door-danger-none = None of these
door-not-watched = No one sees your answers before you send them.
door-not-sent-yet = You have not sent it yet.

# The emergency page.
door-emergency-title = Please get help now
door-emergency-what = Thank you for telling us. You are not alone.
door-emergency-call = We can ring you
door-call-me = Ring me
door-call-me-what = Press “Ring me”. We ask for a name and a number. Then we send it at once.
door-emergency-next = If you can keep safe for now
door-safe-for-now = I can keep safe for now – next

# How old.
door-age-title = How old are you? (you can leave this out)
door-age-why = Anyone can ask for help. If you are under 18, people who know about young people help you. We do not tell your parents. We only tell them if you say yes or if someone is in danger.

# What to call you.
door-called-title = What is your name?
door-called-why = Any name is fine. It does not have to be your real name.

# How to reach you.
door-contact-title = How can we reach you safely?
door-contact-why = Tick each way that is safe for you. Safe means it is fine if another person sees or hears it.
door-by-call = Phone call
door-by-text = Text message
door-by-email = Email
door-by-letter = Letter
door-by-person = I have no phone and no address. Come and find me
door-voicemail = Can we leave a message on the phone? (you can leave this out)
door-voicemail-hint = If you do not tick, we leave no message
door-say-nhs = Can we say we are the NHS? (you can leave this out)
door-say-nhs-hint = If you do not tick yes, we do not say who we are
door-safe-times = When is it safe to ring or write? (you can leave this out)
door-safe-times-hint = For example: after 4 in the afternoon
door-code-name = What name should we say, if another person answers? (you can leave this out)
door-code-name-hint = For example: Sam from the library

# Why now.
door-why-now-title = What is wrong? Why do you ask now?
door-why-now-why = A few words are enough. Use your own words. It is fine to make mistakes.

# Sending early.
door-so-far = Send this now. Then get in touch with me

# The pages that can be left empty.
door-optional-page = You can leave this page empty.
door-help-title = What would help? (you can leave this out)
door-would-help = What would help you?
door-would-help-hint = It is fine if you do not know
door-matters = What do you care about?
door-matters-hint = People you love. Things you like to do
door-needs-title = What do you need from us? (you can leave this out)
door-needs-why = We tell the people who help you. Then you do not have to say it again.

# Permissions.
door-permissions-title = What can we do?
door-permissions-contact = We only reach you in the way you chose.
door-permissions-care = We use what you tell us to help you. The law says we can.
door-tell-gp = Can we tell your doctor (GP) that you asked for help?
door-tell-gp-hint = We help you if you say yes. We help you if you say no.

# Check your answers.
door-check-title = Check what you told us
door-check-now = Now send it
door-check-true = It is fine if some of it is wrong. You can tell us more later.
door-send = Send
door-row-change = Change
door-row-unanswered = No answer yet
door-row-nothing = Nothing. That is fine

# Sent.
door-sent-title = We have your request
door-sent-reference = Your number is
door-sent-keep = Keep this number. You can say it in place of your name.
door-sent-next = What happens next
door-sent-received = You sent it on { $when }.
door-sent-call-by = A person rings you by { $when }.
door-sent-contact-by = A person gets in touch with you by { $when }.
door-sent-read-by = A person reads it by { $when }. They think about what can help. Then we tell you.
door-sent-worse = If it gets worse
door-sent-worse-do = Do not wait for us. Use one of these now.
door-sent-back = If you want to say more
door-sent-back-how = You can ask again here. You can say no at any time. Tell us your number.
door-sent-print = You can print this page.

# Help now.
door-crisis-title = Help in a crisis
