# shellcheck shell=bash
# Processes of the lab. Each carries LXDM_LAB_STATE and LXDM_LAB_ROLE in its environment, so it is found
# again by what it is, also when its pid file was lost or its pid is now another program's.

# Starts "$@" so that it outlives this script, with an environment of its own: no proxy, CA bundle or
# token of the caller may reach the daemons and their containers. Its pid is left in DETACHED.
detach() { # LOG ROLE COMMAND...
  local log=$1 role=$2
  shift 2
  setsid env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    "LXDM_LAB_STATE=$LAB_STATE" "LXDM_LAB_ROLE=$role" "LXD_DIR=$(node_lxd_dir "$role")" \
    "$@" </dev/null >>"$log" 2>&1 9>&- &
  DETACHED=$!
}

has_environment() { grep -qszxF "$2" "/proc/$1/environ"; }

# Pids of all processes that belong to the lab with state directory $1 (and role $2).
lab_processes() {
  local file pid
  while IFS= read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    if ! has_environment "$pid" "LXDM_LAB_STATE=$1"; then continue; fi
    if [ -n "${2:-}" ] && ! has_environment "$pid" "LXDM_LAB_ROLE=$2"; then continue; fi
    echo "$pid"
  done < <(grep -lsaF "LXDM_LAB_STATE=$1" /proc/[0-9]*/environ 2>/dev/null)
}

# The pid of the lab's process with this role: from its pid file if that still speaks the truth, else by
# looking. A role's helpers (dnsmasq, monitors) carry the same marks, hence the look at the program.
lab_pid() { # ROLE PIDFILE [PROGRAM]
  local role=$1 file=$2 program=${3:-$1} pid
  pid=$(cat "$file" 2>/dev/null || true)
  if [ -n "$pid" ] && is_daemon "$pid" "$role" "$program"; then
    echo "$pid"
    return
  fi
  for pid in $(lab_processes "$LAB_STATE" "$role"); do
    if is_daemon "$pid" "$role" "$program"; then
      echo "$pid" | tee "$file"
      return
    fi
  done
}
# LXD's helpers run the same program with a subcommand first ("lxd forkproxy …"); the daemon has options only.
is_daemon() { # PID ROLE PROGRAM
  local -a words
  [ -r "/proc/$1/cmdline" ] || return 1
  mapfile -d '' -t words <"/proc/$1/cmdline" 2>/dev/null || return 1
  [[ ${words[0]:-} == *"$3" && ${words[1]:-} == -* ]] || return 1
  has_environment "$1" "LXDM_LAB_STATE=$LAB_STATE" && has_environment "$1" "LXDM_LAB_ROLE=$2"
}

gone() { [ ! -e "/proc/$1" ] || [ "$(process_state "$1")" = Z ]; }
process_state() { sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null; }

# Ends one process: the signal, a while to obey, then SIGKILL.
end_process() { # PID SIGNAL SECONDS
  kill "-$2" "$1" 2>/dev/null || return 0
  kill -CONT "$1" 2>/dev/null || true
  if within "$3" gone "$1"; then return; fi
  kill -KILL "$1" 2>/dev/null || true
  within 5 gone "$1" || warn "process $1 does not end"
}
