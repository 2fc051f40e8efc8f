## The page around every page, and where to get help at once.

frame-demo = Demonstration: invented people; no message leaves this computer
frame-account = Your account
frame-menu = Menu
frame-menu-browse = Browse
frame-menu-more = More
frame-sign-out = Sign out
frame-leave = Leave this page quickly
frame-leave-key = You can also press the Escape key 3 times.
frame-duty = { $count ->
    [one] { $count } person needs a duty call now
   *[other] { $count } people need a duty call now
}
frame-footer-links = About this service
frame-words = Other ways to read this
frame-easy-read = Easy Read
frame-not-easy-read = Standard text (not Easy Read)
frame-help = Help to read
frame-crisis = Help in a crisis
language-name = English
language-interpreter = Some of this is in English, because nobody has checked those words in your language yet. You can ask us for an interpreter. It is free.
frame-privacy = How we use your information
frame-procedures = Local procedures
frame-accessibility = Accessibility
frame-lock-title = This screen is about to lock
frame-lock-text = You have not opened a page for a while. The screen locks in 2 minutes. What you have typed stays here.
frame-lock-stay = Keep working
frame-locked-title = This screen is locked
frame-locked-text = What you typed is still here. Sign in again in a new tab, then come back.
frame-locked-unlock = Sign in again (opens in a new tab)
frame-locked-back = I have signed in again
frame-lock-unscripted = This screen locks { $minutes } minutes after the last page you opened. What you send after that is kept for you until you sign in again.

crisis-title = If you need help now
crisis-staff-title = Crisis numbers
crisis-emergency-title = Call 999 or go to A&E if a life is in danger
crisis-emergency-when = Do this if you or someone else is badly hurt or has taken something. Do it if someone cannot stay safe right now.
crisis-emergency-do = If a life is in danger, call 999 or go to A&E now. A mental health emergency is as serious as a physical one.
crisis-urgent-title = Call 111 and select option 2 for urgent mental health help
crisis-999 = Call 999
crisis-111 = NHS 111, option 2
crisis-111-how = Select the mental health option. For any age, day and night.
crisis-line-checked = We last checked this number on { $date }.
crisis-samaritans = Samaritans: 116 123
crisis-samaritans-how = Someone to listen, free, day and night.
crisis-shout = Text SHOUT to 85258
crisis-shout-how = Someone to text with, free, day and night.
crisis-relay = If you cannot hear or speak on the phone, use Relay UK: dial 18001 first, then the number. For example, 18001 111.
