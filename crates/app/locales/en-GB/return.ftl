## Saving a form, coming back to it, and one-time codes. A message that carries a code names no service and no subject.

# On every page of a form.
return-kept-until = We keep what you typed until { $day }.
return-save = Save and come back later
return-save-without = Save and come back later, without this page
return-go-on = Go on with the form

# Saving.
return-until-then = Then we remove it.
return-this-browser = For now, only this browser can open it. It cannot once you close the browser. Choose a way to come back.
return-ways = How you can come back
return-by-code = With a code that we send to the email address or mobile number you gave
return-by-phrase = With your return phrase
return-code-title = With a code
return-code-how = We send you 6 numbers now, to check that they reach you. When you come back, we send new ones. The message does not say who we are or what it is about.
return-send-code = Send me a code
return-address-kept = You can now come back with a code. When you come back, use the same email address or mobile number.
return-phrase-none = Without a phone or email
return-phrase-how = We show you 5 words, once. With them you can come back on any computer or phone. No name is needed.
return-show-phrase = Show me a return phrase
return-new-phrase = Show me a new return phrase
return-shared = If other people use this computer
return-shared-how = End here before you go. Then nobody can open what you typed by going back.

# The phrase, shown once.
return-phrase-title = Your return phrase
return-phrase-once = Write these 5 words down, or print this page. We cannot show them again. If you ask for new words, these stop working.
return-phrase-back = To come back, open this website, choose “Come back to a form you saved” and type the 5 words.
return-phrase-who = Anyone who has these words can read what you typed. Keep them where only you look, or with someone you trust.

# Ending on a shared computer.
return-end-title = I am on a shared computer: end here
return-end-kept = What you typed stays saved. This computer forgets it. You can come back:
return-end-removes = You have not chosen a way to come back. If you end here, we remove what you typed at once. Nobody can bring it back.
return-end-choose = If you want to come back later, choose how first.
return-end-way = Choose a way to come back
return-end-sent = We have your request, and it stays with us. This computer forgets the page with your reference. Write the reference down first if you want to keep it.
return-end-here = End here
return-end-remove = Remove what I typed and end here
return-ended-title = This computer has forgotten your form
return-ended-kept = What you typed is still saved. You can come back to it from any computer or phone, in the way you chose.
return-ended-removed = What you typed has been removed. You can start again whenever you like.
return-ended-sent = We have your request, and we get in touch with you as we said.
return-ended-close = If you can, close this window too.

# Coming back.
return-title = Come back to a form you saved
return-kept-days = We keep a form for 30 days after you last used it. Then we remove it.
return-here = Go on with a form in this browser
return-code-back = We send a code to the email address or mobile number you saved it with.
return-phrase = The 5 words
return-phrase-hint = In the order we showed them. Capitals and commas do not matter
return-find = Find my form
return-phrase-empty = Enter the 5 words of your return phrase
return-phrase-count = A return phrase has 5 words. Enter all 5, with a space between them
return-phrase-unknown = We cannot find a form with these words. Check each word. We may have removed the form: we keep it for 30 days
return-neither = If you have neither
return-neither-do = You can start again. It takes about 10 minutes, and you can stop after the second page and have someone contact you.
return-yours-title = Forms you saved
return-yours-open = Not sent yet, last used on { $when }
return-yours-sent = Sent on { $when }
return-nothing-title = There is nothing to come back to
return-nothing = We found no form. We may have removed it: we keep it for 30 days.
return-nothing-again = You can start again whenever you like. You can also ring one of the numbers below.

# Codes.
code-to = Your email address or mobile number
code-to-hint = Only one that nobody else reads. For a number outside the UK, start with + and the country code
code-to-empty = Enter an email address or a mobile number
code-to-neither = Enter an email address or a mobile number. It must look like name@example.com or 07700 900123
code-to-not-one-at = Enter an email address with one @, like name@example.com
code-to-email-too-long = The email address is too long. Check it and type it again
code-to-email-character = The email address has a space or a sign that email addresses do not have
code-to-email-name = Check the part of the email address before the @
code-to-email-domain = Check the part of the email address after the @, like example.com
code-to-phone-short = The mobile number is too short. Enter all of it
code-to-phone-long = The mobile number is too long. Check it and type it again
code-to-phone-prefix = The mobile number must start with 0, or with + and the country code
code-to-phone-not-uk = That is not a UK phone number. Check it, or start with + and the country code
code-to-not-mobile = That number cannot get texts. Enter a mobile number or an email
code-too-often = You can ask for 3 codes in an hour. Wait an hour and ask again, or use a return phrase
code-title = Enter the code
code-sent-to-prove = We are sending a code to what you typed, to check that it reaches you.
code-sent-if-known = If a form is saved with what you typed, we are sending a code there now.
code-works = It can take a minute. It works for 15 minutes, once.
code-failed = We could not send the code. Go back and check what you typed, or choose another way.
code-digits = The 6 numbers of the code
code-digits-hint = For example, 123 456
code-demonstration = Demonstration: no code is sent. The code is { $code }.
code-empty = Enter the 6 numbers of the code
code-not-digits = A code has only numbers. Enter the 6 numbers
code-not-six = A code has 6 numbers. Enter all 6
code-wrong = That code is not right, or it does not work any more. Check it, or ask for another one
code-tried-often = There were too many tries. Wait 15 minutes and try again
code-slow = If no code comes, check what you typed. A newer code ends the one before.
code-again = Ask for another code

# The message itself.
code-subject = A code for you
code-message = Your code is { $code }. It works for { $minutes } minutes.
code-not-sent-late = It was too late to send it.
code-not-sent-sealed = The address could not be read with the key of this installation.
