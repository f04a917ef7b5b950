"""Reports of members who resell the material: filing, evidence, what tracing says of it, verdict and
reward."""
