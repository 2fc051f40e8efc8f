## Pages for when something cannot be done.

error-forbidden-title = You cannot open this page
error-forbidden-what = You are signed in, but your role does not include this page. We write down who asks for a page like this.
error-forbidden-next = If you need it for your work, ask your team's manager. If you followed a link, tell the person who sent it.
error-elsewhere-title = That did not come from one of our pages
error-elsewhere-what = Another website, or a page we cannot recognise, tried to send this in your name. We have not done it.
error-elsewhere-next = If you pressed a button here yourself, open the page again and try once more. If you did not, you do not have to do anything.
error-not-found-title = Page not found
error-not-found-what = There is nothing at this address, or it is not for you to see.
error-not-found-next = If you typed the address, check it. If you copied it, check that you copied all of it.
error-too-large-title = That is too long for us to take
error-too-large-what = What you sent is more than we can read at once. We have not saved it, and we cannot show it here.
error-too-large-next = Go back. Your browser may have kept your text, or may have lost it. If you copied it from somewhere, copy a shorter part. Each question takes up to 10,000 characters.
error-changed-title = Somebody changed this at the same moment
error-changed-what = We have not saved yours, so that nothing of theirs is lost.
error-changed-next = Go back: what you typed is still there. Look at the newest version, then save again.
error-unreadable-title = We could not read that
error-unreadable-what = What arrived was not what this page sends. We have not saved it.
error-unreadable-next = Go back and try again. If it happens again, start from the first page.
error-too-often-title = Please wait a moment
error-too-often-what = We have had too many tries from your address in a short time. We slow them down to keep what people told us safe.
error-too-often-next = You have done nothing wrong. Wait, then try again.
error-wait-minutes = { $minutes ->
    [one] You can try again in { $minutes } minute.
   *[other] You can try again in { $minutes } minutes.
}
error-fault-title = Sorry, something went wrong here
error-fault-what = It is our fault, not yours. What we told you was saved is still saved.
error-fault-next = Go back and try once more: sending it twice does no harm. If it happens again, ring us and read out the reference.
error-unavailable-title = Sorry, this service is not working right now
error-unavailable-what = It should be back soon. What we told you was saved is still saved.
error-unavailable-next = Try again in a few minutes. If you are waiting to ask for help, do not wait for this page: use the numbers below.
error-again-what = What you typed was not saved yet. It is kept on this page. Wait a minute, then send it again. Keep the page open until then.
error-again-send = Send it again
error-reference = Reference:
error-go-start = Go to the first page
error-conflict-title = Somebody else changed this while you were working
error-conflict-what = We have not saved your change, so that theirs is not lost. What you typed is below.
error-conflict-changed = What changed
error-conflict-decided = What is decided now
error-conflict-kept = What you typed
error-conflict-copy = Copy what you still need, then open the newest version.
error-conflict-look = Open the newest version
