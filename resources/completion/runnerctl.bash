# bash completion for runnerctl. Load it with: source <(runnerctl completion bash)
_runnerctl()
{
    local current=${COMP_WORDS[COMP_CWORD]} candidate
    [[ $current == "=" ]] && current=
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$(printf '%q' "$candidate")")
    done < <("${COMP_WORDS[0]}" complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current" 2>/dev/null)
    # Nothing to say: complete file names.
    if ((${#COMPREPLY[@]} == 0)) && [[ $current != -* ]]; then
        compopt -o default 2>/dev/null
    fi
}
complete -F _runnerctl runnerctl
