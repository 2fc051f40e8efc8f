## Easy Read: the page around every page, and where to get help at once.

frame-leave = Leave this page quickly
crisis-title = If you need help now
crisis-emergency-title = Ring 999 if a person could die
crisis-emergency-when = Ring if you are badly hurt. Ring if you took something. Ring if you cannot stay safe.
crisis-emergency-do = If a person could die, ring 999. Or go to A&E, the hospital for emergencies.
crisis-urgent-title = Ring 111 and press 2 if you need help fast
crisis-999 = Ring 999
crisis-111 = Ring NHS 111. Then press option 2
crisis-111-how = Any age. By day and by night.
crisis-samaritans-how = A person listens. It is free. By day and by night.
crisis-shout-how = A person writes back. It is free. By day and by night.
crisis-relay = If you cannot hear or speak on the phone, dial 18001 first. Then the number. For example 18001 111.
