# Runs a command in a network of its own, with host names of its own: namespace.sh FOLDER COMMAND...
# It is meant for new user, mount, network and pid namespaces. The root is put together anew from what the machine has, so
# that folders can be added to it without touching the machine.
set -eu
folder=$1
shift
ip link set lo up
printf "127.0.0.1 localhost\n127.0.0.1 %s\n" "$(hostname)" >"$folder/hosts"
root=$folder/root
mkdir -p "$root"
mount -t tmpfs -o mode=755 e2e "$root"
mkdir -m 700 "$root/e2e"

show() {
  for entry in "$1"/* "$1"/.[!.]*; do
    if [ -L "$entry" ]; then cp -P "$entry" "$root$entry"
    elif [ ! -e "$entry" ]; then :
    elif [ "$entry" = /opt ] || [ "$entry" = /mnt ]; then mkdir "$root$entry"; show "$entry"
    elif [ -d "$entry" ]; then mkdir "$root$entry"; mount --rbind "$entry" "$root$entry"
    else touch "$root$entry"; mount --bind "$entry" "$root$entry"
    fi
  done
}
show ''
mount --bind "$folder/hosts" "$root/etc/hosts"
exec chroot "$root" sh -c 'cd "$1"; shift; exec "$@"' sh "$PWD" "$@"
