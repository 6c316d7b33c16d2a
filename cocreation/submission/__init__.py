"""Sending an idea: the form, its drafts and files, paper and e-mail, the workshops' sentences.

Serves whoever has an idea, and the secretariat that enters one for them.
Imports ideas, and all below.

An association is named only once it has said yes, by a secret of its own: the author's receipt would
let the author answer.
"""
