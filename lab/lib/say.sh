# shellcheck shell=bash
# What the lab says, and how it ends.

LAB_T0=$SECONDS

# One line for one step, with the seconds since the command began.
say() { printf '[lab %3ds] %s\n' "$((SECONDS - LAB_T0))" "$*"; }
warn() { printf '[lab %3ds] warning: %s\n' "$((SECONDS - LAB_T0))" "$*" >&2; }

# Something went wrong that trying again may mend.
fail() {
  printf 'lab: %s\n' "$*" >&2
  exit 1
}

# This machine cannot carry the lab at all: the caller reads exit code 3.
refuse() {
  printf 'lab: cannot run here: %s. `npm start` runs LXD Manager without the lab.\n' "$*" >&2
  exit 3
}

# Shows a counter on one line on a terminal, and a line at every tenth step elsewhere.
progress() { # LABEL N M
  if [ -t 1 ]; then
    printf '\r[lab %3ds] %s %s of %s  ' "$((SECONDS - LAB_T0))" "$1" "$2" "$3"
    if [ "$2" = "$3" ]; then printf '\n'; fi
  elif [ "$2" = "$3" ] || [ $(($2 % 40)) = 0 ]; then
    say "$1 $2 of $3"
  fi
}

# Runs "$@" until it succeeds or $1 seconds have passed.
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$deadline" ]; then return 1; fi
    sleep 0.1
  done
}
