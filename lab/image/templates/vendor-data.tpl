{% set own = config_get("cloud-init.vendor-data", "") %}{% set given = config_get("user.vendor-data", "") %}{% if own != "" %}{{ own }}{% elif given != "" %}{{ given }}{% else %}#cloud-config
{}{% endif %}
