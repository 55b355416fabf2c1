//! Making a new file like an old one in everything but its bytes: extended attributes, owner, mode.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use rustix::fs::{Gid, Uid, XattrFlags};

/// Returns `new` the attributes, owner and mode of `old`. An error means that it cannot be made
/// alike.
pub(super) fn make_alike(new: &File, old: &File, old_metadata: &Metadata) -> io::Result<()> {
    copy_attributes(new, old)?;
    let fresh = new.metadata()?;
    if (fresh.uid(), fresh.gid()) != (old_metadata.uid(), old_metadata.gid()) {
        let (owner, group) = (
            Uid::from_raw(old_metadata.uid()),
            Gid::from_raw(old_metadata.gid()),
        );
        rustix::fs::fchown(new, Some(owner), Some(group))?;
    }
    // Last, because a change of owner takes bits of the mode away.
    new.set_permissions(Permissions::from_mode(old_metadata.mode() & 0o7777))
}

fn copy_attributes(new: &File, old: &File) -> io::Result<()> {
    for name in attribute_names(old)? {
        let value = attribute(old, &name)?;
        if attribute(new, &name).is_ok_and(|there| there == value) {
            continue;
        }
        rustix::fs::fsetxattr(new, &name[..], &value, XattrFlags::empty())?;
    }
    Ok(())
}

fn attribute_names(file: &File) -> io::Result<Vec<Vec<u8>>> {
    let length = match rustix::fs::flistxattr_query(file) {
        Ok(length) => length,
        Err(rustix::io::Errno::OPNOTSUPP) => return Ok(vec![]),
        Err(error) => return Err(error.into()),
    };
    let mut list = vec![0; length];
    let length = rustix::fs::flistxattr(file, &mut list[..])?;
    list.truncate(length);
    Ok(list
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(<[u8]>::to_vec)
        .collect())
}

fn attribute(file: &File, name: &[u8]) -> io::Result<Vec<u8>> {
    let mut value = vec![0; rustix::fs::fgetxattr_query(file, name)?];
    let length = rustix::fs::fgetxattr(file, name, &mut value[..])?;
    value.truncate(length);
    Ok(value)
}
