"""The hearing (*høring*) of a draft: what is heard, whom is asked, their answers, and the collected note."""
