from . import mailing_contact, mailing_filter, mailing_list, mailing_mailing
