## A question about a request, for whoever was asked, by a one-time link.

reply-title = We have a question
reply-title-answered = We have your answer
reply-title-over = It is too late to answer here
reply-about = You asked us to help somebody. Our reference is { $reference }. You asked on { $day }.
reply-about-own = This is about your request for help. The reference is { $reference }. You asked on { $day }.
reply-by = You can answer until { $when }. We do not wait for it: we go on with what we know.
reply-answered = We got it on { $when }. Thank you.
reply-answered-then = A senior professional reads it. This page takes one answer only. If there is more to say, ring us.
reply-over = You could answer for two working days. We went on with what we know.
reply-over-then = If you still know something that helps, ring us. It is never too late to tell us.
reply-label = Your answer
reply-hint = Write what you know. It is fine not to know everything.
reply-send = Send the answer
reply-no-names = To keep people safe, this page never shows who it is about.
reply-missing = Write your answer, or close this page
reply-too-long = Your answer is too long. Keep it under 10,000 letters
reply-control = Your answer has a sign in it that we cannot read. Type it again
reply-too-often = You have sent this many times. Wait a quarter of an hour, or ring us. What you wrote is still here
reply-kept = What you wrote was not sent
reply-kept-do = Copy it if you need it, and ring us.
reply-ring = To talk to us, ring { $number }.
reply-worse = If somebody is in danger now
reply-worse-do = Do not wait for us. Get help now.
