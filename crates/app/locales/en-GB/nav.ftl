## The places of the staff navigation.

nav-my-day = My day
nav-handovers = Handed to us
nav-worklist = Worklist
nav-overdue = Overdue
nav-reports = Reports
nav-staff = Staff
nav-content = Public pages
nav-rules = Rules
nav-sent = Requests we sent
nav-county = Set-up
nav-account = Your account
nav-waiting = Waiting
