# shellcheck shell=bash
# Each host's storage: a btrfs file system in a sparse file (a container in a tenth of a second), or a
# plain directory where the kernel has no btrfs. The file system is mounted in the host's own mount
# namespace only, so it is released with it.

can_btrfs() {
  if grep -qw btrfs /proc/filesystems; then return; fi
  modprobe btrfs 2>/dev/null && grep -qw btrfs /proc/filesystems
}

# Decides once for a host; its data stays what it is.
pool_driver() { # NODE
  local file
  file=$(node_dir "$1")/pool.driver
  if [ ! -s "$file" ]; then
    if can_btrfs && [ -e /dev/loop-control ]; then echo btrfs >"$file"; else echo dir >"$file"; fi
  fi
  cat "$file"
}

ensure_storage() { # NODE
  local node=$1 image mount loop
  if [ "$(pool_driver "$node")" != btrfs ]; then return; fi
  image=$(node_dir "$node")/pool.btrfs
  mount=$(node_dir "$node")/pool
  if [ ! -e "$image" ]; then
    say "$node: btrfs pool, up to $LAB_POOL_SIZE"
    rm -f "$image.part"
    truncate -s "$LAB_POOL_SIZE" "$image.part"
    mkfs.btrfs -q -L "lxdm-$node" "$image.part" >/dev/null
    mv "$image.part" "$image"
  fi
  mkdir -p "$mount"
  if in_mntns "$node" mountpoint -q "$mount"; then return; fi
  # The same file behind two loop devices would be two file systems writing over each other.
  loop=$(losetup -n -O NAME -j "$image" | head -n 1)
  if [ -n "$loop" ]; then
    in_mntns "$node" mount -o noatime "$loop" "$mount"
  else
    in_mntns "$node" mount -o loop,noatime "$image" "$mount"
  fi
}

# What a pool's loop device still holds after its namespace went; normally nothing.
drop_storage() { # NODE
  local loop
  for loop in $(losetup -n -O NAME -j "$(node_dir "$1")/pool.btrfs" 2>/dev/null); do losetup -d "$loop" 2>/dev/null || true; done
}
storage_released() { [ -z "$(losetup -n -O NAME -j "$(node_dir "$1")/pool.btrfs" 2>/dev/null)" ]; }
