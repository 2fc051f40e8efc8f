## The duty board.

duty-title = Duty calls
duty-intro = Each person here flagged danger or asked for a call. Take the call by name, then ring. Until somebody does, the next person on the rota is told every few minutes.
duty-empty = Nobody is waiting for a call.
duty-waiting = Waiting for a call
duty-acknowledge = I have this call
duty-call-by = Ring them
duty-since = Waiting
duty-rung = Being told now
duty-rung-duty = { $name }, on duty
duty-rung-deputy = { $name }, deputy
duty-rung-team = { $name }, standing in
duty-rung-manager = { $name }, service manager
duty-rung-crisis-line = The crisis line, because nobody of this service is on duty
duty-answered-title = Somebody else has this call
duty-answered-by = { $name } took it { $at }.
duty-answered-next = You do not need to ring. If you have spoken to the person already, record the contact, so that your colleague knows.
duty-answered-open = Open the record
duty-answered-back = Back to duty calls
