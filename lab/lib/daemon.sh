# shellcheck shell=bash
# The LXD daemon of a host: start, stop, and the ways to make it fail.

daemon_pidfile() { printf '%s/%s.pid' "$LAB_RUN" "$1"; }
daemon_pid() { lab_pid "$1" "$(daemon_pidfile "$1")" lxd; }
daemon_log() { printf '%s/%s.log' "$LAB_RUN" "$1"; }

# up, paused or down
daemon_state() { # NODE
  local pid
  pid=$(daemon_pid "$1")
  if [ -z "$pid" ]; then echo down; elif [ "$(process_state "$pid")" = T ]; then echo paused; else echo up; fi
}

# What is known of a daemon that is not up, for whoever asks why.
daemon_trace() { # NODE
  local pid
  pid=$(cat "$(daemon_pidfile "$1")" 2>/dev/null || true)
  if [ -z "$pid" ]; then
    printf ' (not started, or stopped in order)'
  elif [ ! -e "/proc/$pid" ]; then
    printf ' (process %s has ended; its last line: %s)' "$pid" "$(tail -n 1 "$(daemon_log "$1")" 2>/dev/null)"
  else
    printf ' (process %s, state %s: %s)' "$pid" "$(process_state "$pid")" "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"
  fi
}

lxc_on() { # NODE ARGUMENTS...
  local node=$1
  shift
  LXD_DIR=$(node_lxd_dir "$node") LXD_CONF=$LAB_STATE/client lxc "$@"
}

ensure_daemon() { # NODE
  local node=$1
  case $(daemon_state "$node") in
  up) return ;;
  paused)
    say "$node: LXD was paused, resuming"
    kill -CONT "$(daemon_pid "$node")"
    return
    ;;
  esac
  evict_strangers "$node"
  forget_dnsmasq "$node"
  say "$node: starting LXD"
  mkdir -p "$(node_lxd_dir "$node")"
  chmod 711 "$(node_dir "$node")" "$(node_lxd_dir "$node")"
  detach "$(daemon_log "$node")" "$node" nsenter --mount="$(node_mntns "$node")" --net="$(node_netns "$node")" \
    lxd --logfile="$(node_dir "$node")/lxd.log"
  echo "$DETACHED" >"$(daemon_pidfile "$node")"
  if ! within 60 daemon_answers "$node" "$DETACHED"; then
    tail -n 5 "$(daemon_log "$node")" >&2
    fail "$node: LXD does not answer, see $(daemon_log "$node")"
  fi
}
daemon_answers() { # NODE PID
  if gone "$2"; then fail "$1: LXD ended at once: $(tail -n 1 "$(daemon_log "$1")")"; fi
  LXD_DIR=$(node_lxd_dir "$1") timeout 10 lxd waitready --timeout=5 >/dev/null 2>&1
}

# When LXD starts it ends the dnsmasq of its former self: with SIGKILL, and whatever process has by now the number that it wrote down.
forget_dnsmasq() { # NODE
  local file pid
  for file in "$(node_lxd_dir "$1")"/networks/*/dnsmasq.pid; do
    if [ ! -e "$file" ]; then continue; fi
    pid=$(sed -n 's/^pid: \([0-9]*\)$/\1/p' "$file")
    is_dnsmasq "$pid" "$1" || rm -f "$file"
  done
}
is_dnsmasq() { # PID NODE
  [ "$(cat "/proc/$1/comm" 2>/dev/null)" = dnsmasq ] && has_environment "$1" "LXD_DIR=$(node_lxd_dir "$2")"
}

# An LXD of an earlier run, from another directory, would hold the host's address and bridge.
evict_strangers() { # NODE
  local pid
  for pid in $(ip netns pids "$1"); do
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != lxd ]; then continue; fi
    if has_environment "$pid" "LXD_DIR=$(node_lxd_dir "$1")"; then continue; fi
    warn "$1: ending a left-over lxd (process $pid)"
    end_process "$pid" TERM 5
  done
}

# Containers first, as at a machine's shutdown: those that ran are started again by the next `up`.
stop_daemon() { # NODE
  local node=$1 pid
  pid=$(daemon_pid "$node")
  if [ -n "$pid" ]; then
    say "$node: stopping containers and LXD"
    end_process "$pid" PWR 45
  fi
  kill_containers "$node"
  for pid in $(lab_processes "$LAB_STATE" "$node"); do end_process "$pid" TERM 2; done
  rm -f "$(daemon_pidfile "$node")"
}

# Containers whose daemon is gone: a monitor's child is the container's init, and with it all of it ends.
kill_containers() { # NODE
  local monitor child
  for monitor in $(pgrep -f "^\\[lxc monitor\\] $(node_lxd_dir "$1")/containers " || true); do
    for child in $(pgrep -P "$monitor" || true); do kill -KILL "$child" 2>/dev/null || true; done
    within 5 gone "$monitor" || kill -KILL "$monitor" 2>/dev/null || true
  done
}

signal_daemon() { # NODE SIGNAL
  local pid
  pid=$(daemon_pid "$1")
  if [ -z "$pid" ]; then fail "$1: LXD does not run"; fi
  kill "-$2" "$pid"
}
# Nothing half dead: who asks for a kill may start again at once.
kill_daemon() { # NODE
  local pid
  pid=$(daemon_pid "$1")
  if [ -n "$pid" ]; then
    kill -KILL "$pid"
    within 10 gone "$pid"
  fi
}
