## Find help near you: the directory for anybody.

find-title = Find help near you
find-what = These groups and services help people around here. You can ring them or go there yourself. You do not have to ask us first.
find-words = What would help? (optional)
find-words-hint = For example debt, lonely or a group.
find-place = Where? (optional)
find-place-hint = A town or a postcode.
find-search = Find help
find-clear = Start again
find-results = What we found
find-look-on = Nothing here is open now. There may be more on the next page.
find-nothing = We found nothing for all of that. Try one word, or leave something out.
find-nothing-place = You can leave the place out: many groups help by phone.
find-no-distance = We do not know how far these are from the place you typed.
find-less-than-a-mile = Less than a mile away, in a straight line
find-miles = About { $miles } miles away, in a straight line
find-more = More about { $name }
find-not-enough = If this is not enough
find-ask = Ask us for help
