## The queue of a team that is asked to take people over.

queue-title = People we were asked to help
queue-parts = Parts of the list
queue-waiting = Waiting for our answer ({ $count })
queue-waiting-what = Say yes or no in time: without an answer they go back to the single point of access by themselves.
queue-waiting-empty = Nobody waits for your answer.
queue-taken = We said yes, not met ({ $count })
queue-taken-what = Until you have met, the single point of access looks after them. Say so when you have met, or if you cannot go on.
queue-taken-empty = There is nobody you said yes to and have not met.
queue-met = Met ({ $count })
queue-met-what = People you have met, the newest first. They are yours.
queue-met-empty = You have met nobody yet.
queue-row-due = By when
queue-waiting-ours = { $several } who wait for your answer. Say yes or no in time: without an answer they go back to the single point of access by themselves.
queue-taken-ours = { $several } you said yes to. Until you have met, the single point of access looks after them. Say so when you have met, or if you cannot go on.
queue-met-ours = { $several } you have met, the newest first. They are yours.
