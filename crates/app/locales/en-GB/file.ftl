## Files that come with a request: adding them, and what staff see of them.

file-title = Letters or pictures to send with it
file-intro = You do not have to send any. If you have a letter, a photo or a plan that helps us understand, you can add it here.
file-label = Choose a file
file-hint = A photo, a PDF, a Word letter or plain text. Up to { $most } files, each no larger than 10 MB.
file-add = Add this file
file-done = Go on
file-added = Added so far
file-remove = Remove { $name }
file-full = You have added all the files this form can take. Remove one to add another.
file-nameless = File without a name
file-missing = Choose a file first
file-empty = There is nothing in this file. Choose another one
file-too-large = This file is larger than 10 MB. Send a smaller one, or a photo of it
file-too-many = There are { $most } files already. Remove one first
file-other-kind = We cannot take this kind of file. Send a photo, a PDF, a Word letter without macros, or plain text
file-kind-pdf = PDF
file-kind-picture = Picture
file-kind-text = Plain text
file-kind-letter = Letter to be read with a word processor
file-size-kb = { $kind }, { $size } kB
file-size-mb = { $kind }, { $size } MB

file-part = Files that came with it
file-scan-waiting = Waiting to be checked for viruses. Look again in a minute.
file-scan-clean = Checked for viruses: nothing was found.
file-scan-refused = A virus check found something in it. Nobody can open it. Ask the person to send it in another way.
file-scan-no-scanner = Not checked for viruses: no scanner is set up here. Only a senior can open it, with a reason.
file-scan-failed = Not checked for viruses: the scanner did not work. Only a senior can open it, with a reason.
file-save = Save { $name }
file-open-unscanned = Open { $name } without a check
file-open-title = Open a file that was not checked
file-open-what = { $name } ({ $kind })
file-open-mind = Opening it can harm this computer and everything it is connected to. Your name and your reason will be on the record.
file-open-why = Why do you need to open it?
file-why-missing = Say why you need to open it
file-open-button = Save it, knowing this
