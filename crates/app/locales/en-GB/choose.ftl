## Choosing services from the directory inside a form.

choose-find = Look in the directory (optional)
choose-find-hint = Words of the name, of what it does or of a need, for example debt.
choose-place = Place (optional)
choose-place-hint = A town or a postcode.
choose-look = Look
choose-one = Choose the service
choose-one-missing = Look in the directory, and choose a service
choose-several = Services that may help. What the directory says of them now goes into the letter
choose-nothing = Nothing found. Try fewer words, or another place.
choose-fact = { $what }: { $value }
choose-below = These services may help you:
