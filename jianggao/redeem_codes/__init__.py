"""Redeem codes (卡密): how they are written, made, handed over, redeemed and revoked; only keyed hashes of them
are stored."""
