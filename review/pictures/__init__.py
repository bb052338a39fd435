"""Pictures of what is on record, as SVG: plain values in, text out; no script, no style."""
