# Following one's own request: reference and phrase, where it is, what can be changed.

# Half an hour passed, or it was finished.
track-over-title = You need to show again that this is your request
track-over-what = To keep it private, this page closes after 30 minutes without a click, and after 2 hours in all. What you typed was not sent.
track-over-do = Go back, type your reference and your phrase again, and send it once more. What you typed is below, so that you can copy it.
track-over-typed = You typed
