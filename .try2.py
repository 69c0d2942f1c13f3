from datetime import date
from decimal import Decimal as D
from assistant.wiring import *
import assistant.wiring as w
