# shellcheck shell=bash
# Starts and stops the sandbox's daemon and registry. Sourced by scripts/sandbox; whoever calls start or stop holds its
# lock.
# Needs: SANDBOX_HOME, PORT, ROOT, RUN, SOCKET, ID, BRIDGE, SUBNET. Writes RUN.

docker_() { DOCKER_HOST=unix://$SOCKET DOCKER_CONFIG=$SANDBOX_HOME/config "$ROOT/usr/bin/docker" "$@"; }

daemon_answers() { [ -x "$ROOT/usr/bin/docker" ] && docker_ version >/dev/null 2>&1; }
registry_answers() { curl -fsS --max-time 2 "http://127.0.0.1:$PORT/v2/" >/dev/null 2>&1; }
both_answer() { daemon_answers && registry_answers; }

# Prints the process that holds the namespaces: asked of the kernel, since files can go and numbers are used again.
process() {
    local pid
    for pid in $(pgrep -x unshare); do
        if grep -qsF -- "$RUN/inner.sh" "/proc/$pid/cmdline"; then
            echo "$pid"
            return
        fi
    done
}
has_process() { [ -n "$(process)" ]; }

write_configuration() {
    mkdir -p "$RUN" "$SANDBOX_HOME/config/cli-plugins" "$SANDBOX_HOME/data" "$SANDBOX_HOME/registry"
    ln -sfn "$ROOT/usr/libexec/docker/cli-plugins/docker-buildx" "$SANDBOX_HOME/config/cli-plugins/docker-buildx"
    cat >"$RUN/daemon.json" <<EOF
{ "insecure-registries": ["127.0.0.1:$PORT"], "userland-proxy": false, "features": { "containerd-snapshotter": true },
  "builder": { "Entitlements": { "network-host": true, "security-insecure": true } } }
EOF
    cat >"$RUN/registry.yml" <<EOF
version: 0.1
storage: { filesystem: { rootdirectory: $SANDBOX_HOME/registry }, delete: { enabled: true } }
http: { addr: "127.0.0.1:$PORT" }
EOF
}

# Runs inside the namespaces: a /run of its own, a bridge, the registry, then the daemon.
write_inner() {
    cat >"$RUN/inner.sh" <<EOF
set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/docker
ip link add $BRIDGE type bridge 2>/dev/null || true
ip addr add $SUBNET.1/24 dev $BRIDGE 2>/dev/null || true
ip link set $BRIDGE up
$(emulator_registration)
export PATH=$ROOT/usr/sbin:$ROOT/usr/bin:\$PATH
docker-registry serve $RUN/registry.yml >$RUN/registry.log 2>&1 &
exec dockerd --config-file $RUN/daemon.json --host unix://$SOCKET --data-root $SANDBOX_HOME/data \\
    --exec-root /run/docker --pidfile /run/docker.pid --bridge=$BRIDGE \\
    --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false >$RUN/dockerd.log 2>&1
EOF
}

# Until both answer, the process has ended, or somebody has removed its folder. A minute is for a busy machine.
wait_for_answers() {
    local end=$((SECONDS + 60))
    while has_process && [ -e "$RUN/inner.sh" ] && [ "$SECONDS" -lt "$end" ]; do
        both_answer && return 0
        sleep 0.1
    done
    return 1
}

# Fetches what is missing and starts both. The locks are not for them: they would hold them for good.
start() {
    registry_answers && fail "port $PORT is taken by another registry; set RUNNER_SANDBOX_REGISTRY_PORT"
    fetch_programs
    write_configuration
    write_inner
    rm -f "$SOCKET"
    export BUILDKIT_STEP_LOG_MAX_SIZE=${BUILDKIT_STEP_LOG_MAX_SIZE:--1}
    export BUILDKIT_STEP_LOG_MAX_SPEED=${BUILDKIT_STEP_LOG_MAX_SPEED:--1}
    setsid unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
        bash "$RUN/inner.sh" </dev/null >/dev/null 2>&1 8>&- 9>&- &
    until has_process || ! kill -0 $! 2>/dev/null; do sleep 0.01; done # The fork is not yet what it becomes.
    wait_for_answers && return 0
    tail -n 5 "$RUN/dockerd.log" "$RUN/registry.log" >&2 || true
    fail "the daemon did not start; the logs are in $RUN"
}

stop() {
    local pid child
    pid=$(process)
    if [ -n "$pid" ]; then
        child=$(pgrep -P "$pid" | head -n 1 || true)
        [ -n "$child" ] && kill -TERM "$child" 2>/dev/null
        for _ in $(seq 100); do
            has_process || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
    fi
    unregister_emulator
    ip link delete "$BRIDGE" 2>/dev/null || true
    # The daemon's control groups are empty now; another daemon's are not and stay.
    find /sys/fs/cgroup -depth -type d -path '*/docker*' -exec rmdir {} + 2>/dev/null || true
    rm -rf "$RUN"
}
