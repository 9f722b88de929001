# Every bash that is not interactive reads this first (BASH_ENV). The first one of a RUN is process 1; a script that it
# hands over to at its end is process 1 too, but knows by a variable that the RUN has begun.
if [ "$$" = 1 ] && [ -z "$REHEARSAL_RUN" ]; then
    export REHEARSAL_RUN=1
    /rehearsal/lib/run.py rehearsal-begin
fi
