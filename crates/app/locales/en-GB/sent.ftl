# What an organisation sent, for its people who have an account.
sent-title = Requests we sent
sent-what = Where each request stands that your organisation sent. You see more than that it arrived only where the person allows it.
sent-how = To add a request, open the link of its confirmation, or the link in our email, and choose “Keep this in the list of my organisation”.
sent-empty = There is nothing here yet.
sent-reference = Reference
sent-received = Received
sent-stands = Where it stands
sent-allowed = The person allows us to tell you this.
sent-least = We may not tell you more, unless the person allows it.
sent-done-kept = The request is in the list of your organisation
sent-keep-title = Keep this request in your list
sent-keep-what = The request with the reference { $reference } will stand in the list of your organisation.
sent-keep-who = Everybody of your organisation who has an account like yours can see where it stands. The list never says who the person is.
sent-keep = Keep it in our list
