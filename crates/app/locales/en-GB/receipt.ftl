## A practice that got a letter of advice says that it has read it.

receipt-title = Has the practice read the letter?
receipt-intro = The person allowed a copy of the advice to their GP. Write down who there has read it, or why nobody says so.
receipt-button = Save
receipt-read = Has somebody there read it?
receipt-read-missing = Say whether somebody has read it
receipt-read-yes = Yes
receipt-read-no = Nobody says so, for a reason
receipt-by-name = Who there has read it?
receipt-by-name-hint = First name and surname, and what they do. You spoke to them, or to somebody who asked them.
receipt-by-name-missing = Write down who has read it
receipt-why = Why not?
receipt-why-hint = For example, the practice has closed, or the person has left it.
receipt-why-missing = Say why nobody says so
receipt-open-title = Have you read our letter?
receipt-open-what = { $service } wrote to { $of } about one of its patients. Our reference is { $reference }.
receipt-open-first = The letter says who it is about. This page does not. Please say who you are, and that the letter is where the patient's doctor will see it.
receipt-confirm-yes = I work for { $of }, and we have read this letter
receipt-thanks = Thank you. We have written down that you have read it. There is nothing more to do.
