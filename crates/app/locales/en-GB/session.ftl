## Signing in, locking, unlocking, and what was typed meanwhile.

session-title = Sign in
session-for-staff = For people who work here or at a partner organisation.
session-email = Work e-mail address
session-email-missing = Enter your work e-mail address
session-password = Password
session-password-missing = Enter your password
session-continue = Continue
session-wrong = E-mail address or password is not right. Check both and try again
session-too-often = Too many tries. Wait { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}, then try again
session-help = New here, or given a new one-time link? Open that link first. If you cannot sign in, ask your system administrator.
session-ask-for-help = Are you looking for help for yourself or somebody else? Go to the first page
session-to-picker = Demonstration: choose a person to be
session-done-out = You have signed out.
session-done-everywhere = You have signed out on every computer and telephone.
session-done-ready = Your account is ready. Sign in with your new password.
session-code-title = Enter the code from your app
session-code = Code
session-code-hint = 6 digits. A new code comes every half minute, and each works once.
session-code-missing = Enter the 6 digits that your app shows now
session-code-wrong = The code is not right or was used before. Wait for the next one and enter it
session-code-lost = If you do not have your app any more, ask your system administrator for a new one-time link. Two people have to agree to it.
session-sign-in = Sign in
session-unlock-title = This screen is locked
session-unlock = Unlock
session-unlock-who = Signed in as { $name }.
session-unlock-why = Enter your password to go on where you were. What you sent after it locked is kept for an hour.
session-unlock-wrong = The password is not right. Try again
session-unlock-other = Sign out
session-parked-title = What you sent was kept
session-parked-when = Your screen had locked when you sent this on { $when }. It has not been saved.
session-parked-next = Read it through. Then send it, or throw it away. It is deleted an hour after you wrote it.
session-parked-send = Send it now
session-parked-discard = Throw it away
session-parked-none = Nothing is kept for you.
session-parked-home = Go to My day
session-picker-title = Choose a person to be
session-picker-about = These people are invented. Each sees what somebody with their role sees. There is no password in a demonstration.
session-picker-public = The person who needs help, the carer and the GP practice use the public pages.
session-picker-ask = Go to the first public page
session-picker-be = Be { $name }
