// Empty on purpose: the target of the headers that tests share needs one source.
