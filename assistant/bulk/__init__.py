"""Liquidation prices of many positions at once: margin's float64 twin, labelled with its error bound."""
