## Who looked at one's own record: for the person.

looks-title = Who has looked at your record
looks-link = See who has looked at your record
looks-intro = Everybody who opens your record, sees you in a list or writes something down leaves a trace. Nobody can take it away. The newest stands first.
looks-soon = A look stands here about a minute after it happened.
looks-nobody = Nobody has looked yet.
looks-when = When
looks-who = Who
looks-what = What they did
looks-by-guest = { $said }, by a link we sent. The name is what they say.
looks-by-own = You, or somebody who has your words or gets your codes
looks-by-asker = Whoever asked us to help you, by a link we sent
looks-opened = Opened your record
looks-listed = Saw you in a list
looks-wrote = Wrote in your record
looks-stopped = Tried to open your record, and was stopped
looks-times = ({ $times } times that day)
looks-wrong = If something is not right
looks-wrong-do = If you do not know why somebody looked, or it says you and it was not you, tell us. We find out, and you can get new words.
