"""constants - every number of the regulation and every number that the texts leave to policy.

Written from the text of the regulation alone; nothing here is read from the rulebook of awardd, so
that a wrong number there shows as a difference.
"""

# 2: industrial enterprises, GB/T 4754 sections B, C, D; registered in Chongqing (50....).
INDUSTRIES = "BCD"
PROVINCE = "50"

OPERATING_YEARS = 5     # 11(1)
ACCIDENT_YEARS = 3      # 11(4)
VIOLATION_YEARS = 3     # 12(2)
LAUREATE_YEARS = 5      # 12(3)
REVOKED_YEARS = 5       # 12(4), 21
PROFILE_CHARACTERS = 3000    # 13(2)
REPORT_CHARACTERS = 60000    # 13(3)

TEAM_SIZE = (3, 6)      # 8
PANEL_MIN = 7           # 16(4)
ADVISORS = 3            # 16(4)
AWARD_SCORE = 50000     # 16(3), 16(5).5, in hundredths
NOMINATION_SCORE = 40000
PLACES = 5              # 16(6).2
DOCUMENT_PERCENT = 20   # 16(6).1
SITE_PERCENT = 80
PUBLICITY_DAYS = 7      # 16(7).2
INCIDENT_WORKING_DAYS = 15   # 19

# 15: the seven categories and their maxima, in hundredths.
CATEGORIES = {"leadership": 10000, "strategy": 8000, "customers": 9000, "resources": 12000,
              "processes": 11000, "measurement": 10000, "results": 40000}

# Policy: the texts leave these open.
TOLERANCE_PERCENT = 10       # of a category's maximum: how far a consensus may leave the mean
LATE_ENTRY_DAYS = 30         # design.md, Time
OBJECTION_WORKING_DAYS = 15  # answer to an objection
MATERIALS = ("application_form", "organisation_profile", "self_evaluation_report", "evidence")
