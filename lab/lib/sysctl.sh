# shellcheck shell=bash
# Kernel settings that are the machine's, not a namespace's. The old values are kept for `destroy`.

# All hosts' containers share one user-id map and so one inotify and keyring budget: with the defaults
# systemd dies at boot in about the twentieth container.
LAB_SYSCTLS=(fs/inotify/max_user_instances=8192 kernel/keys/maxkeys=20000 kernel/keys/maxbytes=20000000)
LAB_SYSCTL_SAVED=$LAB_STATE/sysctl.saved

ensure_sysctls() {
  local pair key want have
  for pair in "${LAB_SYSCTLS[@]}"; do
    key=${pair%=*} want=${pair#*=} have=$(cat "/proc/sys/${pair%=*}")
    if [ "$have" -ge "$want" ]; then continue; fi
    if ! grep -qs "^$key=" "$LAB_SYSCTL_SAVED"; then echo "$key=$have" >>"$LAB_SYSCTL_SAVED"; fi
    echo "$want" >"/proc/sys/$key"
  done
}

restore_sysctls() {
  local key value
  if [ ! -e "$LAB_SYSCTL_SAVED" ]; then return; fi
  while IFS='=' read -r key value; do echo "$value" >"/proc/sys/$key"; done <"$LAB_SYSCTL_SAVED"
  rm -f "$LAB_SYSCTL_SAVED"
}
