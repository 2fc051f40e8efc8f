## Roles, and what each opens.

role-spoa-admin = Access administrator
role-spoa-admin-does = Enters and completes referrals at the single point of access. Decides nothing.
role-spoa-senior = Senior at the single point of access
role-spoa-senior-does = Decides how soon somebody is seen and what happens next. For experienced clinicians and social-care professionals alike.
role-key-worker = Key worker
role-key-worker-does = Works with the people of their own team.
role-crisis-team = Crisis practitioner
role-crisis-team-does = Answers duty calls and works with people in a crisis.
role-vcs-worker = Voluntary partner
role-vcs-worker-does = Works with people who came to their own organisation.
role-cafe-host = Crisis café host
role-cafe-host-does = Sees the people expected at their own café.
role-gp = General practitioner
role-gp-does = Sees where the requests stand that the practice sent, as far as each person allows.
role-team-manager = Team manager
role-team-manager-does = Looks after a team's waiting lists, missed targets and accounts.
role-service-manager = Service manager
role-service-manager-does = Answers for the service, its hours and its rota; the last to be rung on duty.
role-caldicott = Caldicott guardian
role-caldicott-does = Guards how people's information is used.
role-content-editor = Content editor
role-content-editor-does = Writes the pages for the public. A senior professional signs them off. Opens nobody's record.
role-directory-editor = Directory editor
role-directory-editor-does = Looks after the directory of services and sees that somebody asks there. Opens nobody's record.
role-sysadmin = System administrator
role-sysadmin-does = Accounts and settings. Opens nobody's record.
