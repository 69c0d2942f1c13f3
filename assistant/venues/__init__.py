"""One small module per rulebook: which collateral, which fee, which tier basis."""
